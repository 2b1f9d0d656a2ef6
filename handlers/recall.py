"""A member takes a message back: the fresh post that it became goes with it."""

from community.notices import tell
from community.posts.undoing import source_recalled
from community.scene import Scene
from community.updates import Recalled
from community.wording import KINDS
from handlers.framework.feature import Feature
from storage.tables import Member

feature = Feature("recall", usage="", summary="撤回刚发的消息，帖子也一起撤回", order=999)


@feature.watch(Recalled)
def recalled(scene: Scene, update: Recalled) -> None:
    """Drop a fresh post without a word; of an older one, tell its author that it stays."""
    post = source_recalled(
        scene, group=update.group, message_id=update.message_id, author=update.author
    )
    if post is None:
        return
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    text = (
        f"原消息撤回了，#{post.id} {KINDS[post.kind]}「{post.title}」还留着。"
        "不要了，引用这条回 撤；要留着就不用管。"
    )
    tell(scene, member=author, text=text, about=post.id)
