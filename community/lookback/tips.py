"""What the author of an open post has yet to hear of."""

from collections.abc import Collection, Sequence

from community.reasons import because
from community.scene import Scene
from matching import Call
from storage.queries import counters, posts, tips
from storage.tables import Post, Tip


def of_new_post(
    scene: Scene,
    *,
    post: Post,
    calls: Sequence[Call],
    told: Collection[int],
    known: Collection[int],
) -> None:
    """Older posts that the new one fits: authors who were not called hear of it in a letter.

    ``told`` are members who learn of the post anyhow, ``known`` posts that it was listed with
    before.
    """
    numbers = {call.post: call for call in calls if call.post and call.id not in told}
    older = posts.by_ids(scene.session, community_id=scene.community_id, ids=list(numbers))
    for number, one in older.items():
        if number not in known:
            note(scene, post=one, why=numbers[number], target_post=post.id)


def note(
    scene: Scene,
    *,
    post: Post,
    why: Call,
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
    session.add(
        Tip(
            community_id=community_id,
            id=counters.take(session, community_id=community_id, name="tip"),
            member_id=post.author_id,
            post_id=post.id,
            target_post_id=target_post,
            target_member_id=target_member,
            score=why.score,
            why=because(why.reasons),
            created_at=scene.now,
        )
    )
    session.flush()
    return True
