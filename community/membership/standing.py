"""The state of a membership: active, ended by the member, or ended by the community."""

from community.events import seating
from community.membership.blacklist import is_barred
from community.membership.reminder_dates import next_moment
from community.notices import forget_reminders
from community.pool.indexing import index_member
from community.posts.closing import remove_from_pool
from community.posts.history import note as note_post
from community.scene import Scene
from storage.queries.learning import lookback
from storage.queries.people import memberships
from storage.queries.pool import posts
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
    if row is not None and row.state == "outside":
        return f"你还不是「{name}」的成员，这个指令用不了。想加入，发 #申请。"
    return f"你已退出「{name}」，这个指令用不了。想回来，发 #申请 或联系管理员。"


def end(scene: Scene, *, member: Member, state: str, actor: Member) -> int:
    """Out of the pool and out of reach; gives how many posts were withdrawn with it."""
    row = of(scene, member=member)
    row.state, row.role = state, "member"
    row.dues_at = row.probation_from = row.probation_at = None
    forget_reminders(scene, member=member)
    seating.release(scene, member=member)
    live = posts.by_author(
        scene.session, community_id=scene.community_id, author_id=member.id, state="active"
    )
    for post in live:
        note_post(scene, post=post, actor=actor, verb="withdrawn", before=post.state)
        remove_from_pool(scene, post, state="withdrawn")
    _found(scene, member, active=False)
    return len(live)


def keep_outside(scene: Scene, *, member: Member) -> None:
    """He asks for what is kept of him, and is no member for that."""
    of(scene, member=member).state = "outside"
    _found(scene, member, active=False)


def come_inside(scene: Scene, *, member: Member) -> None:
    """Whoever only applied, and speaks in a group of the community, belongs to it like others."""
    here = scene.community_id
    if memberships.state(scene.session, community_id=here, member_id=member.id) == "outside":
        restore(scene, member=member)


def restore(scene: Scene, *, member: Member) -> None:
    """A member as any other, from now on, who is reminded of his dues again."""
    row = of(scene, member=member)
    if row.state != "active":
        lookback.mark(scene.session, community_id=scene.community_id, since={member.id: scene.now})
        if row.paid_until is not None:
            row.dues_at = next_moment(row.paid_until, scene.now, scene.settings.zone)
    row.state, row.clause, row.reason = "active", 0, ""
    _found(scene, member, active=True)


def _found(scene: Scene, member: Member, *, active: bool) -> None:
    member.active, member.updated_at = active, scene.now
    index_member(scene.session, scene.analyser, member)
