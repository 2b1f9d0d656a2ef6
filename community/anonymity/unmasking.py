"""Breaking the glass: an admin learns who wrote an anonymous post, and everybody hears that he did.

The audit keeps who, when and why, and never the name.
"""

from community import audit_log
from community.anonymity.authors import behind, row_of
from community.anonymity.hiding import barred, unseen
from community.errors import UserError
from community.members.people import by_account
from community.notices import tell
from community.scene import Scene
from community.vetting.notifications import admin_accounts, tell_accounts, tell_admins
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
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    heard = f"管理员 {admin.shown} 查看了匿名的 #{post.id} 是谁发的，理由：{why}"
    _tell_others(scene, heard, author=author, admin=admin)
    text = f"管理员 {admin.shown} 查看了你匿名的 #{post.id}「{post.title}」是谁发的，理由：{why}"
    tell(scene, member=author, text=f"{text}\n有异议请联系群主。")
    return person


def _tell_others(scene: Scene, text: str, *, author: Member, admin: Member) -> None:
    """The other admins, but for the author's colleagues: for them there is no such post."""
    group = scene.settings.admin_group
    if group is not None and not unseen(scene, by=None, group=group, among=[author.id]):
        tell_admins(scene, text)
        return
    found = {one: by_account(scene, account=one) for one in sorted(admin_accounts(scene))}
    ids = {member.id for member in found.values() if member is not None}
    kept_out = barred(scene, author=author, ids=ids) | {admin.id}
    told = [one for one, member in found.items() if member is None or member.id not in kept_out]
    tell_accounts(scene, told, text)
