"""Labels: what members say of a match, and what they do because of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Literal

from community.scene import Scene
from storage.queries import counters
from storage.queries.learning import labels
from storage.queries.pool import matches, mentions, posts
from storage.tables import Label, Match, Member, Post

RIGHT_AFTER = timedelta(hours=24)  # a mute so soon after a mention is an answer to it
LATELY = timedelta(days=14)
_MOST = 100

Source = Literal["said", "done", "mute", "word", "card"]
INTEREST: tuple[Source, ...] = ("word", "card")  # shown by a deed; a word on the match says more


def record(
    scene: Scene, *, found: Iterable[Match], by: Member, good: bool, source: Source = "said"
) -> None:
    """Label the matches; the last word of a person counts, and more than his interest."""
    for match in found:
        if source in INTEREST and labels.is_spoken_of(scene.session, match=match, by=by.id):
            continue
        label = Label(
            community_id=scene.community_id,
            id=counters.take(scene.session, community_id=scene.community_id, name="label"),
            post_id=match.post_id,
            target_post_id=match.target_post_id,
            target_member_id=match.target_member_id,
            by_id=by.id,
            source=source,
            good=good,
            score=match.score,
            coverage=match.coverage,
            parts=match.parts,
            features=match.features,
            rules=match.rules,
            created_at=scene.now,
        )
        replaced = (source, *INTEREST) if source == "said" else (source,)
        labels.add(scene.session, label=label, replaced=replaced)
        scene.session.flush()


def record_thanks(scene: Scene, *, post: Post, actor: Member, helpers: Sequence[Member]) -> None:
    """Who is thanked for a post was a good match of it, if he was one."""
    thanked = {helper.id for helper in helpers}
    of_post = matches.of_post(scene.session, community_id=scene.community_id, post_id=post.id)
    good = [one for one in of_post if others(scene, one, post.author_id) & thanked]
    record(scene, found=good, by=actor, good=True, source="done")


def record_mute(scene: Scene, *, member: Member) -> None:
    """Whoever wants to be called no more, right after he was, was called in vain."""
    last = mentions.last_of(scene.session, community_id=scene.community_id, member_id=member.id)
    if last is None or last.solicited or scene.now - last.created_at > RIGHT_AFTER:
        return
    found = [one for one in recent(scene, member) if one.post_id == last.post_id]
    record(scene, found=found[:1], by=member, good=False, source="mute")


def record_interest(
    scene: Scene, *, by: Member, about: Member, source: Source, post: Post | None = None
) -> None:
    """Who gets in touch after a match held it for a good one.

    Without a post it is the last match of the two that was shown, if that was lately.
    """
    shown = recent(scene, by)
    numbers = {one for match in shown for one in (match.post_id, match.target_post_id) if one}
    known = posts.by_ids(scene.session, community_id=scene.community_id, ids=numbers)
    found = [
        one
        for one in shown
        if about.id in _people(one, known)
        and (scene.now - one.created_at <= LATELY if post is None else _is_of(one, post))
    ]
    record(scene, found=found[:1], by=by, good=True, source=source)


def _is_of(match: Match, post: Post) -> bool:
    return post.id in (match.post_id, match.target_post_id)


def recent(scene: Scene, member: Member) -> list[Match]:
    """Matches that were shown and have to do with the member, the latest first."""
    return matches.concerning(
        scene.session, community_id=scene.community_id, member_id=member.id, limit=_MOST
    )


def others(scene: Scene, match: Match, member_id: int) -> set[int]:
    """Who but the member has a part in the match."""
    numbers = [match.post_id, *([match.target_post_id] if match.target_post_id else [])]
    found = posts.by_ids(scene.session, community_id=scene.community_id, ids=numbers)
    return _people(match, found) - {member_id}


def _people(match: Match, known: Mapping[int, Post]) -> set[int]:
    """Whom the match concerns."""
    numbers = (match.post_id, match.target_post_id)
    authors = {known[one].author_id for one in numbers if one is not None}
    return (authors | {match.target_member_id or 0}) - {0}
