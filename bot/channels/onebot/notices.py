"""Recalls and changes among the members, as updates."""

from datetime import datetime

from bot.channels.onebot.fields import Fields, address, as_id, as_name
from bot.channels.onebot.seats import Seats
from community.updates import Recalled, Seat, SeatsChanged, Update


def notice_from(event: Fields, own: str, time: datetime, seats: Seats) -> Update | None:
    """A notice as an update; None for those that change nothing for us."""
    number = as_id(event.get("group_id"))
    group = address(number) if number else None
    if event.get("notice_type") in ("group_recall", "friend_recall"):
        return _recalled(event, own, time, group)
    user = as_id(event.get("user_id"))
    if user is None or group is None or user == own:
        return None
    account = address(user)
    seat = _seat(event, seats.find(group, account) or Seat(account=account))
    gone = event.get("notice_type") == "group_decrease"
    if seat is None and not gone:
        return None
    return SeatsChanged(
        channel=address(own),
        key=f"{event.get('notice_type')}:{number}:{user}:{int(time.timestamp())}",
        time=time,
        group=group,
        seats=(seat,) if seat else (),
        left=(account,) if gone else (),
    )


def _seat(event: Fields, known: Seat) -> Seat | None:
    """The seat after the notice; None when it does not speak of one."""
    match event.get("notice_type"):
        case "group_increase":
            return known
        case "group_card":
            return known.model_copy(update={"card": as_name(event.get("card_new"))})
        case "group_admin":
            role = "admin" if event.get("sub_type") == "set" else "member"
            return known.model_copy(update={"role": role})
    return None


def _recalled(event: Fields, own: str, time: datetime, group: str | None) -> Recalled | None:
    message_id = as_id(event.get("message_id"))
    if message_id is None:
        return None
    by = as_id(event.get("operator_id")) or as_id(event.get("user_id"))
    return Recalled(
        channel=address(own),
        key=f"recall:{group or 'private'}:{message_id}",
        time=time,
        group=group,
        message_id=message_id,
        by=address(by) if by else "",
    )
