"""Whom a new post really calls: those who asked for it first, then as far as budgets go."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Literal

from community.matches.fairness import in_turn
from community.members.people import accounts_in_group
from community.scene import Scene
from matching import MentionCandidate, Reason
from storage.queries import counters, direct
from storage.queries.pool import mentions, summaries
from storage.queries.pool.summaries import Person
from storage.tables import Follow, Member, Post

LATELY = timedelta(days=30)  # who was called within it waits for his turn among equals
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Called:
    """A member who is mentioned because of a post, by which account, and why."""

    member: Member | Person
    account: str
    reasons: Sequence[Reason] = ()
    post: int | None = None  # a post of his own that is the reason
    keyword: str = ""  # what he follows


@dataclass(frozen=True)
class Candidate:
    """Somebody who deserves a mention, and what forbids it, if anything does."""

    call: MentionCandidate
    member: Person
    account: str = ""
    hindrance: Literal["", "muted", "tired", "absent"] = ""


def choose(
    scene: Scene,
    *,
    post: Post,
    group: str | None,
    calls: Sequence[MentionCandidate],
    fans: Sequence[tuple[Member, Follow]],
    new: bool = False,
) -> list[Called]:
    """The members to mention with the post; what that costs is written down.

    Nobody is called twice for one post, however often it is changed, and never more than
    ``max_mentions`` in all.
    """
    if group is None or not (calls or fans):
        return []
    before = set() if new else _called_before(scene, post)
    room = scene.settings.matching.max_mentions - len(before)
    called: dict[int, Called] = {}
    for one in chain(
        fans_there(scene, group=group, fans=fans), _unasked(scene, post, group, calls)
    ):
        if len(called) >= room:
            break
        if one.member.id not in before:
            called.setdefault(one.member.id, one)
    asked_for = {one.member.id for one in called.values() if one.keyword}
    record_mentions(scene, list(called), group=group, post=post.id, asked_for=asked_for)
    return list(called.values())


def _called_before(scene: Scene, post: Post) -> set[int]:
    return mentions.of_post(scene.session, community_id=scene.community_id, post_id=post.id)


def fans_there(
    scene: Scene, *, group: str, fans: Sequence[tuple[Member, Follow]]
) -> Iterator[Called]:
    """Those who follow a word of the post and can be called in the group."""
    ids = {member.id for member, _ in fans if not member.muted}
    accounts = accounts_in_group(scene, ids=ids, group=group)
    for member, follow in fans:
        if member.id in accounts:
            yield Called(member, accounts[member.id], keyword=follow.keyword)


def _unasked(
    scene: Scene, post: Post, group: str, calls: Sequence[MentionCandidate]
) -> Iterator[Called]:
    for one in candidates(scene, author=post.author_id, group=group, calls=calls):
        if not one.hindrance:
            yield Called(one.member, one.account, one.call.reasons, one.call.post)


def candidates(
    scene: Scene, *, author: int | None, group: str, calls: Sequence[MentionCandidate]
) -> Iterator[Candidate]:
    """Active members who deserve a mention, in the order of their turn, and what forbids it."""
    ids = [call.id for call in calls if call.id != author]
    known = summaries.people(scene.session, community_id=scene.community_id, ids=ids)
    active = {number: member for number, member in known.items() if member.active}
    lately = mentions.unsolicited(
        scene.session, community_id=scene.community_id, member_ids=ids, since=scene.now - LATELY
    )
    tired = _tired(scene, lately)
    accounts = accounts_in_group(scene, ids=active.keys() - tired, group=group)
    for call in in_turn([call for call in calls if call.id in active], lately):
        yield _candidate(call, active[call.id], tired, accounts.get(call.id, ""))


def _candidate(
    call: MentionCandidate, member: Person, tired: Collection[int], account: str
) -> Candidate:
    if member.muted:
        return Candidate(call, member, hindrance="muted")
    if member.id in tired:
        return Candidate(call, member, hindrance="tired")
    return Candidate(call, member, account, "" if account else "absent")


def over_budget(scene: Scene, ids: Sequence[int]) -> set[int]:
    """Those among the members whose budget is used up."""
    times = mentions.unsolicited(
        scene.session, community_id=scene.community_id, member_ids=ids, since=scene.now - _WEEK
    )
    return _tired(scene, times)


def _tired(scene: Scene, times: Mapping[int, Sequence[datetime]]) -> set[int]:
    """A day is 24 hours here, so that midnight doubles nothing."""
    rules, tired = scene.settings.matching, set()
    for member_id, called in times.items():
        today, week = (sum(at > scene.now - span for at in called) for span in (_DAY, _WEEK))
        over_day = 0 < rules.mentions_per_day <= today
        over_week = 0 < rules.mentions_per_week <= week
        if over_day or over_week:
            tired.add(member_id)
    return tired


def record_mentions(
    scene: Scene,
    ids: Sequence[int],
    *,
    group: str,
    post: int | None = None,
    asked_for: Collection[int] = (),
) -> None:
    """The members are mentioned in the group; it counts unless they asked for it."""
    if not ids:
        return
    here = scene.community_id
    first = counters.take(scene.session, community_id=here, name="mention", count=len(ids))
    rows = [
        {
            "community_id": here,
            "id": number,
            "post_id": post,
            "member_id": member_id,
            "group_address": group,
            "solicited": member_id in asked_for,
            "created_at": scene.now,
        }
        for number, member_id in enumerate(ids, first)
    ]
    direct.add(scene.session, "mention", rows)
