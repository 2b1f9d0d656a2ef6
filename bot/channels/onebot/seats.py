"""Who sits in which group, as last heard: for names behind an @, and to tell what changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.channels.onebot.fields import Fields, address, as_fields, as_name, as_person
from community.updates import MemberJoined, MemberLeft, Seat, SeatsChanged, Update

Role = Literal["owner", "admin", "member"]


def as_role(value: object) -> Role:
    """A role in a group; whatever is unknown is a plain member."""
    return value if value in ("owner", "admin") else "member"


def seats_from(rows: Sequence[object], *, own: str) -> list[Seat]:
    """The seats in the answer to ``get_group_member_list``, without the bot's own."""
    found = (_seat(as_fields(row)) for row in rows)
    return [seat for seat in found if seat and seat.account != address(own)]


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


@dataclass(frozen=True)
class Difference:
    """How a full list differs from what was known."""

    seats: tuple[Seat, ...]
    left: tuple[str, ...]
    complete: bool

    def __bool__(self) -> bool:
        return bool(self.seats or self.left)


class Seats:
    """The seats of all groups, by address."""

    def __init__(self) -> None:
        self._groups: dict[str, dict[str, Seat]] = {}
        self._listed: set[str] = set()
        # Who came (with his seat) or left (None) since a list was asked for that is yet to come.
        self._moved: dict[str, dict[str, Seat | None]] = {}

    def find(self, group: str | None, account: str) -> Seat | None:
        """The seat of an account in a group."""
        return self._groups.get(group or "", {}).get(account)

    def name(self, group: str | None, account: str) -> str:
        """The name that the group sees; empty when not known."""
        seat = self.find(group, account)
        return (seat.card or seat.name) if seat else ""

    def group_of(self, account: str) -> str | None:
        """Some group in which the account sits."""
        return next((group for group, seats in self._groups.items() if account in seats), None)

    def apply(self, update: Update) -> None:
        """Remember what a notice said of the members, if it did."""
        match update:
            case SeatsChanged(complete=False):
                come, gone = update.seats, update.left
            case MemberJoined(seat=seat):
                come, gone = (seat,), ()
            case MemberLeft(account=account):
                come, gone = (), (account,)
            case _:
                return
        seats = self._groups.setdefault(update.group or "", {})
        seats.update((seat.account, seat) for seat in come)
        for account in gone:
            seats.pop(account, None)
        moved = self._moved.get(update.group or "")
        if moved is not None and not isinstance(update, SeatsChanged):
            moved |= {seat.account: seat for seat in come} | dict.fromkeys(gone)

    def ask(self, group: str) -> None:
        """A full list is asked for. It may be older than what is told before it comes."""
        self._moved[group] = {}

    def replace(self, group: str, seats: Sequence[Seat]) -> Difference:
        """Take a full list. The first one of a group is complete, later ones tell what changed."""
        old = self._groups.get(group, {})
        new = {seat.account: seat for seat in seats}
        for account, seat in self._moved.pop(group, {}).items():
            if seat is None:
                new.pop(account, None)
            else:
                new.setdefault(account, seat)
        self._groups[group] = new
        if group not in self._listed:
            self._listed.add(group)
            return Difference(tuple(new.values()), (), complete=True)
        changed = tuple(seat for seat in new.values() if old.get(seat.account) != seat)
        return Difference(changed, tuple(old.keys() - new.keys()), complete=False)
