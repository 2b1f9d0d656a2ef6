"""The state of a membership: active, ended by the member, or ended by the community."""

from community.membership.blacklist import is_barred
from community.scene import Scene
from storage.queries import memberships
from storage.tables import Member, Membership


def of(scene: Scene, *, member: Member) -> Membership:
    """Where the member stands; a row of his own to change."""
    return memberships.ensure(scene.session, community_id=scene.community_id, member_id=member.id)


def is_out(scene: Scene, *, member: Member) -> bool:
    """The membership has ended, whether or not he still sits in a group."""
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return (row is not None and row.state != "active") or is_barred(scene.session, member)


def farewell(scene: Scene, *, member: Member) -> str:
    """Why an outsider's command is not carried out."""
    name = scene.settings.name
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=member.id)
    if is_barred(scene.session, member):
        return f"你在「{name}」的黑名单里，这个指令用不了。有异议请联系管理员。"
    if row is not None and row.state == "removed":
        return f"你已被移出「{name}」，这个指令用不了。有异议请联系管理员。"
    return f"你已退出「{name}」，这个指令用不了。想回来，发 #申请 或联系管理员。"
