"""Taking a person out of what came in and what goes out."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from community.membership.redaction import Traces, in_json
from community.scene import Scene
from community.wording import set_in
from storage.queries.people import erasing
from storage.tables import Post, Report

_TELLING = 8  # signs of a text that are not met by chance


@dataclass(frozen=True)
class About:
    """What of the person's a message may be about, by number."""

    posts: Collection[int]
    applications: Collection[int]
    told: re.Pattern[str]  # by words alone: who reads them is told no number that is kept
    posts_go: bool


def forget(
    scene: Scene,
    *,
    traces: Traces,
    posts: Collection[Post],
    applications: Collection[int],
    at_work: tuple[str, str] | None,
    reports: Iterable[Report] = (),
    told: Iterable[str] = (),
    posts_go: bool = True,
) -> int:
    """Blank or drop every message that shows the person, his ``posts``, applications, ``reports``,
    or says what was ``told`` in private of him.

    What still waits to be sent to others is said without him, about his posts only if they stay
    (``posts_go``). Gives how many messages it were.
    """
    reported = [*_reported(reports), *told]
    about = About(
        {post.id for post in posts}, set(applications), in_json(reported), posts_go=posts_go
    )
    shows = traces.found_by([*reported, *(_openings(posts) if posts_go else ())])
    # In this order: what is just being sent comes from the one to the other.
    showing = _waiting(scene, traces, shows, about) | _sent(scene, traces, shows, about)
    count = len(showing) + _received(scene, traces, shows)
    erasing.drop_lanes(scene.session, lanes=traces.addresses)
    if at_work is not None:
        erasing.blank_current(scene.session, channel=at_work[0], key=at_work[1])
    return count


def _openings(posts: Iterable[Post]) -> list[str]:
    """How posts begin where they are shown in part."""
    shown = [part for post in posts for part in (post.title, post.text) if len(part) >= _TELLING]
    return [part[:_TELLING] for part in shown]


def _reported(reports: Iterable[Report]) -> list[str]:
    """The words of reports as they stand in the admins' cards, behind whom they are about."""
    told = {text for one in reports for text in (one.text, set_in(one.text))}
    return [f"{sign}{text}" for text in told for sign in "： "]


def _sent(scene: Scene, traces: Traces, shows: re.Pattern[str], about: About) -> set[int]:
    blank, drop = [], []
    for one in erasing.sent(scene.session, community_id=scene.community_id):
        mine = one.post in about.posts or one.application in about.applications
        if one.lane in traces.addresses:
            drop.append(one.id)
        elif mine or shows.search(one.action) or traces.are_answered_in(one.action):
            blank.append(one.id)
    erasing.blank_sent(scene.session, ids=blank)
    erasing.drop_sent(scene.session, ids=drop)
    return {*blank, *drop}


def _waiting(scene: Scene, traces: Traces, shows: re.Pattern[str], about: About) -> set[int]:
    drop, rewritten = [], []
    for one in erasing.waiting(scene.session, community_id=scene.community_id):
        own = one.post in about.posts
        gone = one.lane in traces.addresses or (own and about.posts_go)
        gone |= one.application in about.applications or traces.are_answered_in(one.action)
        gone |= about.told.search(one.action) is not None
        if not gone and not own and not shows.search(one.action):
            continue
        instead = None if gone else traces.rewritten(one.action, own=own)
        if instead is None:
            drop.append(one.id)
        else:
            erasing.rewrite(scene.session, outbox_id=one.id, action=instead)
            rewritten.append(one.id)
    erasing.drop_sent(scene.session, ids=drop)
    return {*rewritten, *drop}


def _received(scene: Scene, traces: Traces, shows: re.Pattern[str]) -> int:
    blank: list[int] = []
    drop: list[int] = []
    found = erasing.received(
        scene.session, community_id=scene.community_id, accounts=traces.addresses
    )
    for id_, key, content in found:
        if not shows.search(content):
            continue
        named = not traces.ids.isdisjoint(key.split(":"))
        (drop if named else blank).append(id_)
    erasing.blank_received(scene.session, ids=blank)
    erasing.drop_received(scene.session, ids=drop)
    return len(blank) + len(drop)
