"""Telling those who follow a keyword of a new post, each of them once."""

from collections.abc import Collection, Sequence

from community.notices import tell
from community.scene import Scene
from community.wording import KINDS
from matching import Analysis, follows
from storage.queries import follows as queries
from storage.queries import members
from storage.tables import Follow, Member, Post

Fan = tuple[Member, Follow]


def fans(scene: Scene, *, post: Post, analysis: Analysis) -> list[Fan]:
    """Who follows a keyword of the post and has not heard of it yet, the oldest wish first."""
    wishes: dict[int, Follow] = {}
    for follow in queries.candidates(
        scene.session, community_id=scene.community_id, terms=list(analysis.terms)
    ):
        if follow.member_id == post.author_id or follow.last_post_id >= post.id:
            continue
        if follows(Analysis.load(follow.analysis), analysis):
            follow.last_post_id = post.id
            wishes.setdefault(follow.member_id, follow)
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=list(wishes))
    return [(member, wishes[member.id]) for member in found if member.active]


def tell_privately(
    scene: Scene, *, post: Post, author: Member, fans: Sequence[Fan], except_: Collection[int]
) -> None:
    """Tell those who were not called in the group."""
    for member, follow in fans:
        if member.id not in except_:
            text = (
                f"你订阅的「{follow.keyword}」有新消息：\n"
                f"#{post.id} {KINDS[post.kind]}「{post.title}」— {author.shown}\n"
                f"在{scene.settings.name}群里找 ta 聊聊。不想再收到，引用这条回 退订。"
            )
            tell(scene, member=member, text=text, about=post.id)
