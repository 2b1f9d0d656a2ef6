"""Recalls, and changes among the members, as updates."""

from datetime import datetime, timedelta

from bot.channels.onebot.fields import address, as_id, as_name, as_person
from bot.channels.onebot.seats import Role
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields
from community.updates import MemberJoined, MemberLeft, Recalled, Seat, SeatsChanged, Update

_LONGEST_MUTE = 30 * 24 * 60 * 60  # seconds


def notice_from(event: Fields, own: str, time: datetime, seats: Seats) -> Update | None:
    """A notice as an update; None for those that change nothing for us."""
    number = as_id(event.get("group_id"))
    group = address(number) if number else None
    if event.get("notice_type") in ("group_recall", "friend_recall"):
        return _recalled(event, own, time, group)
    user = as_person(event.get("user_id"))
    if user is None or group is None or user == own:
        return None
    known = seats.find(group, address(user))
    seat = known or Seat(account=address(user))
    return _moved(event, own, time, group, seat) or _changed(
        event, own, time, group, seat, known=known is not None
    )


def own_move(event: Fields) -> tuple[str, bool] | None:
    """The group that the account itself has come into (True), or is no longer in."""
    kind, group = event.get("notice_type"), as_id(event.get("group_id"))
    if group is None or kind not in ("group_increase", "group_decrease"):
        return None
    if as_person(event.get("user_id")) != (as_person(event.get("self_id")) or ""):
        return None
    return address(group), kind == "group_increase"


def own_mute(event: Fields) -> tuple[str, timedelta | None] | None:
    """The group in which the account itself may not speak, and for how long; None: it may again."""
    own, group = as_person(event.get("self_id")), as_id(event.get("group_id"))
    if group is None or own is None or event.get("notice_type") != "group_ban":
        return None
    if as_person(event.get("user_id")) != own:
        return None
    seconds = int(as_id(event.get("duration")) or 0)
    if event.get("sub_type") != "ban" or seconds <= 0:
        return address(group), None
    return address(group), timedelta(seconds=min(seconds, _LONGEST_MUTE))


def whole_mute(event: Fields) -> tuple[str, bool] | None:
    """The group in which nobody but owner and admins may speak (True), or all may again."""
    group = as_id(event.get("group_id"))
    if group is None or event.get("notice_type") != "group_ban":
        return None
    if as_id(event.get("user_id")) != "0":
        return None
    return address(group), event.get("sub_type") == "ban" and as_id(event.get("duration")) != "0"


def own_role(event: Fields) -> tuple[str, Role] | None:
    """The group in which the account itself has become an admin, or is one no longer."""
    own, group = as_person(event.get("self_id")), as_id(event.get("group_id"))
    if group is None or own is None or event.get("notice_type") != "group_admin":
        return None
    if as_person(event.get("user_id")) != own:
        return None
    return address(group), "admin" if event.get("sub_type") == "set" else "member"


def _moved(event: Fields, own: str, time: datetime, group: str, seat: Seat) -> Update | None:
    """Somebody came or left."""
    key, by = _key(event, time, group, seat), _operator(event)
    match event.get("notice_type"):
        case "group_increase":
            return MemberJoined(
                channel=address(own), key=key, time=time, group=group, seat=seat, by=by
            )
        case "group_decrease":
            return MemberLeft(
                channel=address(own),
                key=key,
                time=time,
                group=group,
                account=seat.account,
                by=by or seat.account,
            )
    return None


def _changed(
    event: Fields, own: str, time: datetime, group: str, seat: Seat, *, known: bool
) -> Update | None:
    """Somebody's card or role is another. Of whom it says nothing else, the member list tells
    more: the notice alone would say that he wears no card.
    """
    match event.get("notice_type"), event.get("card_new"):
        case "group_card", str(card):
            seat = seat.model_copy(update={"card": as_name(card)})
        case "group_admin", _ if known:
            role = "admin" if event.get("sub_type") == "set" else "member"
            seat = seat.model_copy(update={"role": role})
        case _:
            return None
    key = _key(event, time, group, seat)
    return SeatsChanged(channel=address(own), key=key, time=time, group=group, seats=(seat,))


def _key(event: Fields, time: datetime, group: str, seat: Seat) -> str:
    number, user = group.partition(":")[2], seat.account.partition(":")[2]
    return f"{event.get('notice_type')}:{number}:{user}:{int(time.timestamp())}"


def _operator(event: Fields) -> str:
    by = as_person(event.get("operator_id"))
    return address(by) if by else ""


def _recalled(event: Fields, own: str, time: datetime, group: str | None) -> Recalled | None:
    message_id = as_id(event.get("message_id"))
    if message_id is None:
        return None
    user = as_person(event.get("user_id"))
    author = address(user) if user else ""
    return Recalled(
        channel=address(own),
        # The id alone is not enough: some implementations count from 1 again after a restart.
        key=f"recall:{group or 'private'}:{message_id}:{int(time.timestamp())}",
        time=time,
        group=group,
        message_id=message_id,
        author=author,
        by=_operator(event) or author,
    )
