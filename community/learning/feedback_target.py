"""Which matches a member speaks of when he says that something was of use."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from community.anonymity.hiding import unseen
from community.learning.labels import LATELY, others, recent
from community.scene import Scene
from storage.queries.learning import tips
from storage.queries.pool import mentions, posts
from storage.tables import Match, Member, Post


def matches_meant(
    scene: Scene, *, member: Member, post: Post | None = None, people: Sequence[Member] = ()
) -> list[Match]:
    """All shown matches of an own post, or the one that links the member to another's; none with
    a post that is hidden from him.

    Without a post what was shown to him last. ``people`` leaves those with somebody of them.
    """
    shown = _seen(scene, member)
    found = _last(scene, member, shown) if post is None else _of(member, post, shown)
    wanted = {one.id for one in people}
    return [one for one in found if not wanted or others(scene, one, member.id) & wanted]


def _seen(scene: Scene, member: Member) -> list[Match]:
    session, here = scene.session, scene.community_id
    shown = recent(scene, member)
    numbers = {one for match in shown for one in (match.post_id, match.target_post_id) if one}
    known = posts.by_ids(session, community_id=here, ids=numbers)
    hidden = unseen(scene, by=member.id, among={one.author_id for one in known.values()})
    kept = {number for number, post in known.items() if post.author_id not in hidden} | {None}
    return [one for one in shown if {one.post_id, one.target_post_id} <= kept]


def _of(member: Member, post: Post, shown: Sequence[Match]) -> list[Match]:
    here = [one for one in shown if one.post_id == post.id]
    there = [one for one in shown if one.target_post_id == post.id]
    if post.author_id == member.id:
        return [*here, *there]
    return [*here, *there][:1]


def _last(scene: Scene, member: Member, shown: Sequence[Match]) -> list[Match]:
    events = sorted(_events(scene, member, shown), key=lambda event: event[0], reverse=True)
    return next((found for at, found in events if found and scene.now - at <= LATELY), [])


def _events(
    scene: Scene, member: Member, shown: Sequence[Match]
) -> Iterator[tuple[datetime, list[Match]]]:
    """When something was shown to the member: a receipt, a mention, a letter."""
    session, community_id = scene.session, scene.community_id
    numbers = [one.post_id for one in shown]
    known = posts.by_ids(session, community_id=community_id, ids=numbers)
    own = next((one for one in shown if known[one.post_id].author_id == member.id), None)
    if own is not None:
        yield own.created_at, [one for one in shown if one.post_id == own.post_id]
    mention = mentions.last_of(session, community_id=community_id, member_id=member.id)
    if mention is not None:
        found = [one for one in shown if one.post_id == mention.post_id]
        yield mention.created_at, found[:1]
    tip = tips.last_told(session, community_id=community_id, member_id=member.id)
    if tip is not None and tip.told_at is not None:
        yield tip.told_at, [one for one in shown if _is(one, tip.post_id, tip.target_post_id)]


def _is(match: Match, post: int, target: int | None) -> bool:
    """The match of a letter: of the member's post, or of the later post that found it."""
    if target is None:
        return match.post_id == post and match.target_member_id is not None
    return {match.post_id, match.target_post_id} == {post, target}
