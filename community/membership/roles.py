"""Giving somebody another role."""

from community.errors import UserError
from community.events import seating
from community.membership import standing
from community.membership.history import note
from community.membership.wording import ROLES
from community.notices import tell
from community.rights import ROLES as ORDER
from community.rights import Role, may, role_of
from community.scene import Scene
from storage.queries.people import memberships
from storage.tables import Member

GIVEN: tuple[Role, ...] = ("admin", "operator", "member", "guest")


def check_outranks(scene: Scene, *, actor: Member, member: Member) -> None:
    """Raises UserError unless the actor may decide about this member."""
    theirs = role_of(scene, member)
    if theirs == "owner":
        raise UserError(f"{member.shown} 是配置文件里的管理员，只能在配置里改。")
    if actor.id == member.id:
        raise UserError("不能对自己这样做，请另一位管理员来。")
    if ORDER.index(theirs) <= ORDER.index(role_of(scene, actor)):
        raise UserError(f"{member.shown} 也是{ROLES[theirs]}，只有群主能改。")


def give(scene: Scene, *, actor: Member, member: Member, role: Role, reason: str = "") -> Role:
    """Give the role and tell the member; gives the role before. Raises UserError."""
    before = role_of(scene, member)
    check_outranks(scene, actor=actor, member=member)
    if before == "outsider":
        raise UserError(f"{member.shown} 现在不是成员，先发 #解除 @{member.shown}。")
    if role == "admin" and not may(scene, actor, "role.admin"):
        raise UserError("只有群主（配置里的管理员）能任命管理员。")
    if role == before:
        raise UserError(f"{member.shown} 本来就是{ROLES[role]}。")
    standing.of(scene, member=member).role = role
    if role == "guest":  # guests look on
        seating.release(scene, member=member)
    note(scene, member_id=member.id, verb="role", actor=actor, before=before, after=role)
    because = f"理由：{reason}" if reason else ""
    club = scene.settings.name
    tell(
        scene, member=member,
        text=f"管理员 {actor.shown} 把你在「{club}」的角色改成了{ROLES[role]}。{because}",
    )  # fmt: skip
    return before


def holders(scene: Scene) -> dict[str, list[Member]]:
    """Who holds a role beyond that of a member, by role."""
    found: dict[str, list[Member]] = {}
    listed = memberships.with_roles(
        scene.session, community_id=scene.community_id, roles=("admin", "operator", "guest")
    )
    for member, role in listed:
        found.setdefault(role, []).append(member)
    return found
