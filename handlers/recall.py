"""A member takes a message back: the fresh post that it became goes with it."""

from community.notices import tell
from community.posts.undoing import source_recalled
from community.scene import Scene
from community.updates import Recalled
from community.wording import KINDS
from handlers.framework.feature import Feature
from storage.queries.pool import posts
from storage.tables import Member

feature = Feature("recall", usage="", summary="撤回刚发的消息，帖子也一起撤回", order=999)


@feature.watch(Recalled)
def recalled(scene: Scene, update: Recalled) -> None:
    """Drop a fresh post without a word; of an older one, tell its author that it stays."""
    group, message = update.group, update.message_id
    if source_recalled(scene, group=group, message_id=message) is not None:
        return
    post = posts.by_source(
        scene.session, community_id=scene.community_id, group=group, message_id=message
    )
    if post is None or post.state != "active":
        return
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    text = (
        f"原消息撤回了，#{post.id} {KINDS[post.kind]}「{post.title}」还留着。"
        "不要了，引用这条回 撤；要留着就不用管。"
    )
    tell(scene, member=author, text=text, about=post.id)
