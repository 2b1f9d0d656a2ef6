"""Breaking the glass: an admin learns who wrote an anonymous post, and everybody hears that he did.

The audit keeps who, when and why, and never the name.
"""

from community import audit_log
from community.anonymity.authors import behind, row_of
from community.errors import UserError
from community.notices import tell
from community.scene import Scene
from community.vetting.notifications import tell_admins
from storage.queries.people import people
from storage.tables import Member, Post

SHORTEST, LONGEST = 4, 200  # characters of a reason


def unmask(scene: Scene, *, post: Post, admin: Member, reason: str) -> Member:
    """The author. Raises UserError."""
    why = " ".join(reason.split())
    if row_of(scene, post.author_id) is None:
        raise UserError(f"#{post.id} 不是匿名发的。")
    if len(why) < SHORTEST:
        raise UserError(f"要写清楚理由（会记录，也会告诉作者本人）：#揭名 {post.id} 理由。")
    if len(why) > LONGEST:
        raise UserError(f"理由最多 {LONGEST} 字。")
    person = behind(scene, post.author_id)
    if person is None:
        raise UserError(f"#{post.id} 打不开：作者不在了，或者密钥不对（laoyou doctor 会说明）。")
    audit_log.note(
        scene, verb="unmask", subject="post", subject_id=post.id, actor=admin, detail={"why": why}
    )
    own = people.accounts(scene.session, community_id=scene.community_id, member_id=admin.id)
    tell_admins(
        scene,
        f"管理员 {admin.shown} 查看了匿名的 #{post.id} 是谁发的，理由：{why}",
        but=[one.address for one in own],
    )
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    text = f"管理员 {admin.shown} 查看了你匿名的 #{post.id}「{post.title}」是谁发的，理由：{why}"
    tell(scene, member=author, text=f"{text}\n有异议请联系群主。")
    return person
