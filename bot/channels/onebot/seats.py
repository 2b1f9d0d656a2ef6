"""What OneBot says of who sits in a group."""

from collections.abc import Sequence
from typing import Literal

from bot.channels.onebot.fields import address, as_name, as_person
from bot.channels.seats import Seats
from bot.channels.untrusted import Fields, as_fields
from community.updates import MemberJoined, MemberLeft, Seat, SeatsChanged, Update

Role = Literal["owner", "admin", "member"]


def as_role(value: object) -> Role:
    """A role in a group; whatever is unknown is a plain member."""
    return value if value in ("owner", "admin") else "member"


def seats_from(rows: Sequence[object], *, own: str) -> list[Seat]:
    """The seats in the answer to ``get_group_member_list``, without the bot's own."""
    found = (_seat(as_fields(row)) for row in rows)
    return [seat for seat in found if seat and seat.account != address(own)]


def role_from(rows: Sequence[object], *, own: str) -> Role | None:
    """What the bot's own account is in the group of that answer; None when it does not tell."""
    found = (as_fields(row) for row in rows)
    roles = (row.get("role") for row in found if as_person(row.get("user_id")) == own)
    role = next(roles, None)
    return None if role is None else as_role(role)


def note(seats: Seats, update: Update) -> None:
    """Remember what a notice said of the members, if it did."""
    group = update.group or ""
    match update:
        case SeatsChanged(complete=False):
            for seat in update.seats:
                seats.put(group, seat)
            for account in update.left:
                seats.drop(group, account)
        case MemberJoined(seat=seat):
            seats.join(group, seat)
        case MemberLeft(account=account):
            seats.leave(group, account)


def _seat(row: Fields) -> Seat | None:
    user = as_person(row.get("user_id"))
    if user is None:
        return None
    return Seat(
        account=address(user),
        name=as_name(row.get("nickname")),
        card=as_name(row.get("card")),
        role=as_role(row.get("role")),
    )
