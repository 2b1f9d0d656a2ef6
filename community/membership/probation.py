"""A newcomer comes to one event within three weeks. Nobody is ever removed by the clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from community.errors import UserError
from community.membership import standing
from community.membership.history import note
from community.notices import forget_reminders, tell
from community.scene import Scene
from storage.queries.people import memberships
from storage.tables import Member, Membership

DAYS = 21
_REMINDERS = (7, 14, 19, DAYS)


def next_moment(begun: datetime, now: datetime) -> datetime | None:
    """The first day of the clock that is still to come; the last one is for the admins."""
    days = (begun + timedelta(days=day) for day in _REMINDERS)
    return next((at for at in days if at > now), None)


def begin(scene: Scene, *, member: Member) -> None:
    """The clock starts with the approval, where the community has one, and only once."""
    row = standing.of(scene, member=member)
    if scene.settings.terms.probation and row.probation_from is None and row.attended_at is None:
        row.probation_from = scene.now
        row.probation_at = next_moment(scene.now, scene.now)


def attend(scene: Scene, *, actor: Member | None, member: Member) -> bool:
    """The member was at an event; False: that was known. Raises UserError.

    Without an actor an event says so.
    """
    if not scene.settings.terms.probation:
        raise UserError(f"「{scene.settings.name}」没有开新人试用期，不用记到场。")
    row = standing.of(scene, member=member)
    row.probation_at = None
    if row.attended_at is not None:
        return False
    row.attended_at = scene.now
    forget_reminders(scene, member=member, topic="probation")
    note(scene, member_id=member.id, verb="attend", actor=actor)
    if row.probation_from is not None:
        text = f"管理员记下了你到场，「{scene.settings.name}」的新人试用期完成，欢迎！"
        tell(scene, member=member, text=text)
    return True


def remind(scene: Scene, row: Membership, member: Member) -> bool:
    """Remind a newcomer; True: his time is over and the admins should hear of it."""
    if row.probation_from is None or row.attended_at is not None:
        row.probation_at = None
        return False
    row.probation_at = next_moment(row.probation_from, scene.now)
    left = days_left(scene, row)
    if left <= 0:
        return True
    tell(
        scene, member=member,
        text=f"提醒一下：「{scene.settings.name}」的新人要在 {DAYS} 天里参加一次活动，"
        f"还有 {left} 天。有活动时来见见大家吧。",
        until=row.probation_at,
        topic="probation",
    )  # fmt: skip
    return False


def days_left(scene: Scene, row: Membership) -> int:
    """Full or begun days until the end of the clock; 0 or less: it is over."""
    if row.probation_from is None:
        return 0
    left = row.probation_from + timedelta(days=DAYS) - scene.now
    return -(-left // timedelta(days=1))


def newcomers(scene: Scene) -> Sequence[tuple[Member, int]]:
    """Who has not been to an event yet, and the days that are left, the shortest first."""
    rows = memberships.on_probation(scene.session, community_id=scene.community_id)
    return [(member, days_left(scene, row)) for row, member in rows]
