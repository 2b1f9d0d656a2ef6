"""Signing up for an event, saying that one comes, and leaving it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from community import audit_log
from community.errors import UserError
from community.events import seating, strikes
from community.events.wording import item, when
from community.scene import Scene
from storage.queries.events import registrations
from storage.tables import Event, Member, Registration

_TOLD: Mapping[str, str] = MappingProxyType(
    {
        "seated": "你有名额",
        "offered": "有名额留给你，等你确认",
        "attended": "你来过",
        "absent": "你缺席了",
    }
)


@dataclass(frozen=True)
class Place:
    """Where a member stands: seated | offered | waiting | left | attended | absent | none."""

    state: str = "none"
    position: int = 0  # on the waitlist
    first: bool = False  # before others, for he came to the event that this one follows
    until: datetime | None = None  # so long a seat that is offered is kept
    price: int = 0  # points that it costs to leave now

    @property
    def told(self) -> str:
        """Where one stands, for a sentence: 你有名额; "" for nowhere."""
        if self.state == "waiting":
            return f"你候补第 {self.position} 位"
        return _TOLD.get(self.state, "")


def place_of(scene: Scene, event: Event, *, member: Member) -> Place:
    """The member's place; on the waitlist after all who come before him."""
    row = _row(scene, event, member)
    if row is None:
        return Place()
    first = not row.behind and member.id in seating.attendees(scene, event.priority_id)
    if row.state != "waiting":
        until = row.due_at if row.state == "offered" else None
        price = strikes.POINTS["late"] if _is_late(scene, event, row) else 0
        return Place(row.state, first=first, until=until, price=price)
    return Place("waiting", seating.waitlist(scene, event).index(member.id) + 1, first)


def held(scene: Scene, *, member: Member) -> Sequence[Event]:
    """Events at which the member has a seat or waits, the next one first."""
    return [event for _, event in _open(scene, member)]


def offered(scene: Scene, *, member: Member) -> Sequence[Event]:
    """Events at which a seat is kept for the member, until he says that he comes."""
    return [event for row, event in _open(scene, member) if row.state == "offered"]


def sign_up(scene: Scene, event: Event, *, member: Member) -> bool:
    """Take a seat, or a place on the waitlist; False: he had one. Raises UserError.

    Whoever has been offered a seat takes it.
    """
    check_runs(scene, event)
    row = _row(scene, event, member)
    if row is not None and row.state == "offered":
        return confirm(scene, event, member=member)
    if row is not None and row.state in registrations.ACTIVE:
        return False
    held = check_may(scene, event, member=member)
    if row is None:
        row = Registration(
            community_id=scene.community_id, event_id=event.id, member_id=member.id,
            state="waiting", asked_at=scene.now,
        )  # fmt: skip
        scene.session.add(row)
    row.state, row.asked_at, row.behind = "waiting", scene.now, held >= strikes.MOST
    seating.pass_on(scene, event, new=member.id)
    _note(scene, "sign_up", event, member)
    return True


def confirm(scene: Scene, event: Event, *, member: Member) -> bool:
    """Take the seat that was offered; False: he has one already. Raises UserError."""
    check_runs(scene, event)
    row = _row(scene, event, member)
    if row is None or row.state not in registrations.ACTIVE:
        raise UserError(f"你没有报 {item(event)}。", back=f"想来就发 #报名 E{event.id}。")
    if row.state == "waiting":
        position = place_of(scene, event, member=member).position
        raise UserError(f"{item(event)}还没轮到你，你候补第 {position} 位，有名额我私聊告诉你。")
    fresh = row.state == "offered"
    row.state, row.due_at = "seated", None
    return fresh


def sign_off(scene: Scene, event: Event, *, member: Member) -> str:
    """Leave; gives what is held against him for it, mostly nothing. Raises UserError."""
    check_runs(scene, event)
    row = _row(scene, event, member)
    if row is None or row.state not in registrations.ACTIVE:
        raise UserError(f"你没有报 {item(event)}，不用取消。")
    late = _is_late(scene, event, row)
    seating.vacate(row)
    seating.pass_on(scene, event)
    _note(scene, "sign_off", event, member)
    return strikes.give(scene, event, member_id=member.id, reason="late") if late else ""


def check_runs(scene: Scene, event: Event) -> None:
    """Raises UserError when the event is cancelled, has begun or is over."""
    if event.state == "cancelled":
        raise UserError(f"{item(event)}已经取消了。")
    if event.state == "over" or scene.now >= event.starts_at:
        raise UserError(f"{item(event)}{when(scene, event.starts_at)}已经开始了，没有改动。")


def check_may(scene: Scene, event: Event, *, member: Member) -> int:
    """The member's points. Raises UserError when it is too late, or too early for him."""
    check_runs(scene, event)
    if scene.now >= event.closes_at:
        raise UserError(
            f"{item(event)}的报名 {when(scene, event.closes_at)} 截止了。还想来，问问管理员。"
        )
    held = strikes.points(scene, member_id=member.id)
    opens = strikes.opens_at(event, held)
    if scene.now < opens:
        why = strikes.summary(scene, member_id=member.id)
        raise UserError(f"{item(event)}你要到 {when(scene, opens)} 才能报名。{why}", private=True)
    return held


def _is_late(scene: Scene, event: Event, row: Registration) -> bool:
    """To give the seat up now is held against him."""
    return row.state == "seated" and event.closes_at <= scene.now < event.starts_at


def _row(scene: Scene, event: Event, member: Member) -> Registration | None:
    return registrations.get(
        scene.session, community_id=scene.community_id, event_id=event.id, member_id=member.id
    )


def _open(scene: Scene, member: Member) -> list[tuple[Registration, Event]]:
    return registrations.open_of_member(
        scene.session, community_id=scene.community_id, member_id=member.id
    )


def _note(scene: Scene, verb: str, event: Event, member: Member) -> None:
    audit_log.note(scene, verb=verb, subject="event", subject_id=event.id, actor=member)
