"""Paid until when, as an admin writes it down. The bot never handles money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from community.errors import UserError
from community.membership import standing
from community.membership.history import note
from community.membership.reminder_dates import next_moment
from community.notices import forget_reminders, tell
from community.scene import Scene
from storage.queries.people import memberships
from storage.tables import Member, Membership

SOON = timedelta(days=30)
Paid = tuple[Member, date]


@dataclass(frozen=True)
class Overview:
    """For how many a date is written down, and whose is over or soon will be, in order."""

    dated: int
    over: Sequence[Paid]
    soon: Sequence[Paid]


def check_enabled(scene: Scene) -> None:
    """Raises UserError where the community has no dues."""
    if not scene.settings.terms.dues:
        raise UserError(f"「{scene.settings.name}」没有启用会费登记。")


def record(scene: Scene, *, actor: Member, member: Member, until: date | None) -> None:
    """Write down until when the member has paid; None: nothing is known any more."""
    check_enabled(scene)
    row = standing.of(scene, member=member)
    row.paid_until = until
    row.dues_at = None if until is None else next_moment(until, scene.now, scene.settings.zone)
    forget_reminders(scene, member=member, topic="dues")
    note(
        scene, member_id=member.id, verb="dues", actor=actor,
        until=None if until is None else until.isoformat(),
    )  # fmt: skip
    if until is not None:
        text = f"你在「{scene.settings.name}」的会费登记到了 {shown(until)}，谢谢！"
        tell(scene, member=member, text=text)


def warns_before(scene: Scene, until: date) -> bool:
    """Whether a reminder is still to come before that day is over."""
    zone = scene.settings.zone
    at = next_moment(until, scene.now, zone)
    return at is not None and at.astimezone(zone).date() <= until


def of(scene: Scene, *, member: Member) -> date | None:
    """Until when the member has paid, as far as it was written down."""
    row = memberships.get(scene.session, community_id=scene.community_id, member_id=member.id)
    return None if row is None else row.paid_until


def overview(scene: Scene) -> Overview:
    """Where everybody stands today."""
    now = today(scene)
    rows = memberships.paying(scene.session, community_id=scene.community_id)
    paid = [(member, row.paid_until) for row, member in rows if row.paid_until is not None]
    return Overview(
        dated=len(paid),
        over=[one for one in paid if one[1] < now],
        soon=[one for one in paid if now <= one[1] <= now + SOON],
    )


def remind(scene: Scene, row: Membership, member: Member) -> None:
    """Tell the member how things stand today, and set the next time."""
    until = row.paid_until
    if until is None:
        row.dues_at = None
        return
    left = (until - today(scene)).days
    state = f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else "已经到期"
    row.dues_at = next_moment(until, scene.now, scene.settings.zone)
    tell(
        scene, member=member,
        text=f"你在「{scene.settings.name}」的会费登记到 {shown(until)}，{state}。"
        "要续请联系管理员，由管理员登记；我不经手钱。",
        until=row.dues_at,
        topic="dues",
    )  # fmt: skip


def today(scene: Scene) -> date:
    """The date where the community lives."""
    return scene.now.astimezone(scene.settings.zone).date()


def shown(day: date) -> str:
    """2027年3月1日"""
    return f"{day.year}年{day.month}月{day.day}日"
