"""What the author of an open post has yet to hear of."""

from collections.abc import Collection, Sequence

from community.matches.reasons import because
from community.matches.search import SearchResult
from community.scene import Scene
from matching import MentionCandidate
from storage.queries import counters, direct
from storage.queries.learning import tips
from storage.queries.pool.summaries import PostSummary
from storage.queries.prepared import Values
from storage.tables import Post


def note_for_new_post(
    scene: Scene,
    *,
    post: Post,
    looked: SearchResult,
    told: Collection[int],
    known: Collection[int],
) -> None:
    """Older posts that the new one fits: authors who were not called hear of it in a letter.

    ``told`` are members who learn of the post anyhow, ``known`` posts that it was listed with
    before, or whose authors have heard of it.
    """
    calls = [*looked.calls, *looked.left_out]
    numbers = {call.post: call for call in calls if call.post and call.id not in told}
    for number in known:
        numbers.pop(number, None)
    older = [looked.posts[number] for number in sorted(numbers)]
    kept = [one for one in older if one.collected_by is None]
    _write(scene, [_tip(scene, post=one, why=numbers[one.id], target_post=post.id) for one in kept])


def note_members(scene: Scene, *, post: Post, calls: Sequence[MentionCandidate]) -> None:
    """Members who fit a post: its author hears of them in a letter."""
    _write(scene, [_tip(scene, post=post, why=call, target_member=call.id) for call in calls])


def noted_with(scene: Scene, *, post: Post) -> set[int]:
    """The posts whose authors have heard of this one or will."""
    return tips.noted_with(scene.session, community_id=scene.community_id, target_post_id=post.id)


def note(
    scene: Scene,
    *,
    post: Post,
    why: MentionCandidate,
    target_post: int | None = None,
    target_member: int | None = None,
) -> bool:
    """The author shall hear of it; False: he knows, or never asked for the post to be kept."""
    session, community_id = scene.session, scene.community_id
    if post.collected_by is not None or tips.is_noted(
        session,
        community_id=community_id,
        post_id=post.id,
        target_post_id=target_post,
        target_member_id=target_member,
    ):
        return False
    row = _tip(scene, post=post, why=why, target_post=target_post, target_member=target_member)
    _write(scene, [row])
    return True


def _write(scene: Scene, found: Sequence[Values]) -> None:
    if found:
        session, here = scene.session, scene.community_id
        first = counters.take(session, community_id=here, name="tip", count=len(found))
        direct.add(session, "tip", [{**tip, "id": id_} for id_, tip in enumerate(found, first)])


def _tip(
    scene: Scene,
    *,
    post: Post | PostSummary,
    why: MentionCandidate,
    target_post: int | None = None,
    target_member: int | None = None,
) -> Values:
    return {
        "community_id": scene.community_id,
        "member_id": post.author_id,
        "post_id": post.id,
        "target_post_id": target_post,
        "target_member_id": target_member,
        "score": why.score,
        "why": because(why.reasons),
        "created_at": scene.now,
    }
