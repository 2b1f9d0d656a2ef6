"""A member ends his membership himself."""

from community.errors import UserError
from community.membership import standing
from community.membership.history import note
from community.rights import role_of
from community.scene import Scene
from storage.tables import Member


def leave(scene: Scene, *, member: Member) -> int:
    """End the membership; gives how many posts were withdrawn. Raises UserError.

    Leaving a chat group is something else: whoever does only that stays a member.
    """
    if role_of(scene, member) == "owner":
        raise UserError("你是配置文件里的管理员，要先从配置里去掉才能退出。")
    withdrawn = standing.end(scene, member=member, state="ended", actor=member)
    note(scene, member_id=member.id, verb="leave", actor=member, posts=withdrawn)
    return withdrawn
