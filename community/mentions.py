"""Whom a new post really calls: those who asked for it first, then as far as budgets go."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Literal

from community.fairness import in_turn
from community.people import account_in_group
from community.scene import Scene
from matching import Call, Reason
from storage.queries import counters, matches, members, mentions
from storage.tables import Follow, Member, Mention, Post

LATELY = timedelta(days=30)  # who was called within it waits for his turn among equals
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Called:
    """A member who is mentioned because of a post, by which account, and why."""

    member: Member
    account: str
    reasons: Sequence[Reason] = ()
    post: int | None = None  # a post of his own that is the reason
    keyword: str = ""  # what he follows


@dataclass(frozen=True)
class Candidate:
    """Somebody who deserves a mention, and what forbids it, if anything does."""

    call: Call
    member: Member
    account: str = ""
    hindrance: Literal["", "muted", "tired", "absent"] = ""


def choose(
    scene: Scene,
    *,
    post: Post,
    group: str | None,
    calls: Sequence[Call],
    fans: Sequence[tuple[Member, Follow]],
) -> list[Called]:
    """The members to mention with the post; what that costs is written down.

    Nobody is called twice for one post, however often it is changed, and never more than
    ``max_mentions`` in all.
    """
    if group is None:
        return []
    before = mentions.of_post(scene.session, community_id=scene.community_id, post_id=post.id)
    room = scene.settings.matching.max_mentions - len(before)
    called: dict[int, Called] = {}
    for one in chain(
        fans_there(scene, group=group, fans=fans), _unasked(scene, post, group, calls)
    ):
        if len(called) >= room:
            break
        if one.member.id not in before:
            called.setdefault(one.member.id, one)
    for one in called.values():
        write_down(scene, one.member, group=group, post=post.id, asked_for=bool(one.keyword))
    matches.show_members(
        scene.session, community_id=scene.community_id, post_id=post.id, member_ids=list(called)
    )
    return list(called.values())


def fans_there(
    scene: Scene, *, group: str, fans: Iterable[tuple[Member, Follow]]
) -> Iterator[Called]:
    """Those who follow a word of the post and can be called in the group."""
    for member, follow in fans:
        account = None if member.muted else account_in_group(scene, member=member, group=group)
        if account is not None:
            yield Called(member, account.address, keyword=follow.keyword)


def _unasked(scene: Scene, post: Post, group: str, calls: Sequence[Call]) -> Iterator[Called]:
    for one in candidates(scene, author=post.author_id, group=group, calls=calls):
        if not one.hindrance:
            yield Called(one.member, one.account, one.call.reasons, one.call.post)


def candidates(
    scene: Scene, *, author: int | None, group: str, calls: Sequence[Call]
) -> Iterator[Candidate]:
    """Active members who deserve a mention, in the order of their turn, and what forbids it."""
    ids = [call.id for call in calls if call.id != author]
    known = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    active = {member.id: member for member in known if member.active}
    tired = spent(scene, list(active))
    lately = mentions.unsolicited(
        scene.session, community_id=scene.community_id, member_ids=ids, since=scene.now - LATELY
    )
    for call in in_turn([call for call in calls if call.id in active], lately):
        yield _candidate(scene, call, active[call.id], group, tired)


def _candidate(
    scene: Scene, call: Call, member: Member, group: str, tired: Collection[int]
) -> Candidate:
    if member.muted:
        return Candidate(call, member, hindrance="muted")
    if member.id in tired:
        return Candidate(call, member, hindrance="tired")
    account = account_in_group(scene, member=member, group=group)
    if account is None:
        return Candidate(call, member, hindrance="absent")
    return Candidate(call, member, account.address)


def spent(scene: Scene, ids: Sequence[int]) -> set[int]:
    """Those among the members whose budget is used up.

    A day is 24 hours here, so that midnight doubles nothing.
    """
    rules = scene.settings.matching
    times = mentions.unsolicited(
        scene.session, community_id=scene.community_id, member_ids=ids, since=scene.now - _WEEK
    )
    tired = set()
    for member_id, called in times.items():
        today = sum(at > scene.now - _DAY for at in called)
        over_day = 0 < rules.mentions_per_day <= today
        over_week = 0 < rules.mentions_per_week <= len(called)
        if over_day or over_week:
            tired.add(member_id)
    return tired


def write_down(
    scene: Scene, member: Member, *, group: str, post: int | None = None, asked_for: bool = False
) -> None:
    """The member is mentioned in the group; it counts unless he asked for it."""
    scene.session.add(
        Mention(
            community_id=scene.community_id,
            id=counters.take(scene.session, community_id=scene.community_id, name="mention"),
            post_id=post,
            member_id=member.id,
            group_address=group,
            solicited=asked_for,
            created_at=scene.now,
        )
    )
