"""Taking a person out of what came in and what goes out."""

import re
from collections.abc import Collection, Iterable

from community.membership.traces import Traces
from community.scene import Scene
from storage.queries import erasing
from storage.tables import Post

_TELLING = 8  # signs of a text that are not met by chance


def forget(
    scene: Scene,
    *,
    traces: Traces,
    posts: Collection[Post],
    applications: Collection[int],
    at_work: tuple[str, str] | None,
) -> int:
    """Blank or drop every message that shows the person, his ``posts`` or his applications.

    What still waits to be sent to others is said without him. Gives how many messages it were.
    """
    about = {post.id for post in posts}, set(applications)
    shows = traces.found_by(_openings(posts))
    lanes = traces.addresses
    count = _sent(scene, shows, about, lanes) + _waiting(scene, traces, shows, about)
    count += _received(scene, traces, shows)
    erasing.drop_lanes(scene.session, lanes=lanes)
    if at_work is not None:
        erasing.disguise(scene.session, channel=at_work[0], key=at_work[1])
    return count


def _openings(posts: Iterable[Post]) -> list[str]:
    """How posts begin where they are shown in part."""
    shown = [part for post in posts for part in (post.title, post.text) if len(part) >= _TELLING]
    return [part[:_TELLING] for part in shown]


def _sent(
    scene: Scene,
    shows: re.Pattern[str],
    about: tuple[set[int], set[int]],
    lanes: Collection[str],
) -> int:
    posts, applications = about
    blank, drop = [], []
    for one in erasing.sent(scene.session, community_id=scene.community_id):
        if one.lane in lanes:
            drop.append(one.id)
        elif one.post in posts or one.application in applications or shows.search(one.action):
            blank.append(one.id)
    erasing.blank_sent(scene.session, ids=blank)
    erasing.drop_sent(scene.session, ids=drop)
    return len(blank) + len(drop)


def _waiting(
    scene: Scene, traces: Traces, shows: re.Pattern[str], about: tuple[set[int], set[int]]
) -> int:
    posts, applications = about
    drop, count = [], 0
    for one in erasing.waiting(scene.session, community_id=scene.community_id):
        gone = one.lane in traces.addresses or one.post in posts or one.application in applications
        if not gone and not shows.search(one.action):
            continue
        count += 1
        instead = None if gone else traces.rewritten(one.action)
        if instead is None:
            drop.append(one.id)
        else:
            erasing.rewrite(scene.session, outbox_id=one.id, action=instead)
    erasing.drop_sent(scene.session, ids=drop)
    return count


def _received(scene: Scene, traces: Traces, shows: re.Pattern[str]) -> int:
    blank: list[int] = []
    drop: list[int] = []
    for id_, key, content in erasing.received(scene.session):
        if not shows.search(content):
            continue
        named = not traces.ids.isdisjoint(key.split(":"))
        (drop if named else blank).append(id_)
    erasing.blank_received(scene.session, ids=blank)
    erasing.drop_received(scene.session, ids=drop)
    return len(blank) + len(drop)
