"""A cache of who is in which group: for names behind an @, and to tell what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from community.updates import Seat, SeatsChanged


@dataclass(frozen=True)
class SeatChanges:
    """How a full member list differs from what was known."""

    seats: tuple[Seat, ...]
    left: tuple[str, ...]
    complete: bool

    def __bool__(self) -> bool:
        return bool(self.seats or self.left)

    def to_update(self, *, channel: str, group: str, native: str, at: datetime) -> SeatsChanged:
        """As an update; ``native`` is the group as its platform calls it."""
        return SeatsChanged(
            channel=channel,
            key=f"list:{native}:{at.isoformat()}",
            time=at,
            group=group,
            seats=self.seats,
            left=self.left,
            complete=self.complete,
        )


class Seats:
    """The seats of all groups, by address, without the bot's own.

    ``own``: addresses of the bot's accounts; whoever has more of them adds them there.
    """

    def __init__(self, own: set[str] | None = None) -> None:
        self.own = set() if own is None else own
        self._groups: dict[str, dict[str, Seat]] = {}
        self._listed: set[str] = set()
        # Who came (with his seat) or left (None) since a list was asked for that is yet to come.
        self._moved: dict[str, dict[str, Seat | None]] = {}
        # As it was told last, of those who were seen to be otherwise since.
        self._glimpsed: dict[str, dict[str, Seat | None]] = {}

    def find(self, group: str | None, account: str) -> Seat | None:
        """The seat of an account in a group."""
        return self._groups.get(group or "", {}).get(account)

    def name(self, group: str | None, account: str) -> str:
        """The name that the group sees; empty when not known."""
        seat = self.find(group, account)
        return (seat.card or seat.name) if seat else ""

    def names(self, group: str | None) -> Mapping[str, str]:
        """Address to the name that the group sees."""
        seats = self._groups.get(group or "", {})
        return {account: seat.card or seat.name for account, seat in seats.items()}

    def group_of(self, account: str) -> str | None:
        """Some group in which the account sits. Asked in threads as well, while lists come in."""
        groups = list(self._groups.items())
        return next((group for group, seats in groups if account in seats), None)

    def size(self, group: str) -> int:
        """How many sit in a group, the bot among them; 0 while that is not known."""
        return len(self._groups.get(group, ())) + 1 if group in self._listed else 0

    def put(self, group: str, seat: Seat) -> None:
        """Somebody sits there, perhaps with another card than before."""
        if seat.account in self.own:
            return
        self._groups.setdefault(group, {})[seat.account] = seat
        self._glimpsed.get(group, {}).pop(seat.account, None)

    def glimpse(self, group: str, seat: Seat) -> None:
        """Likewise, but nobody is told of it: what is new in it is left for the next list."""
        known = self._groups.setdefault(group, {})
        self._glimpsed.setdefault(group, {}).setdefault(seat.account, known.get(seat.account))
        known[seat.account] = seat

    def drop(self, group: str, account: str) -> None:
        """Somebody sits there no more, as a list has it."""
        self._groups.get(group, {}).pop(account, None)
        self._glimpsed.get(group, {}).pop(account, None)

    def join(self, group: str, seat: Seat) -> None:
        """Somebody has come in."""
        self.put(group, seat)
        if seat.account not in self.own:
            self._moved.get(group, {})[seat.account] = seat

    def leave(self, group: str, account: str) -> None:
        """Somebody is gone."""
        self.drop(group, account)
        self._moved.get(group, {})[account] = None

    def begin_refresh(self, group: str) -> None:
        """Note that a full list is requested: it may be older than what is told before it comes."""
        self._moved[group] = {}

    def replace(self, group: str, seats: Iterable[Seat]) -> SeatChanges:
        """Take a full list. The first one of a group is complete, later ones tell what changed."""
        old = self._told(group)
        new = {seat.account: seat for seat in seats if seat.account not in self.own}
        for account, seat in self._moved.pop(group, {}).items():
            if seat is None:
                new.pop(account, None)
            elif account not in self.own:  # it may not have been known as such when it came
                new.setdefault(account, seat)
        self._groups[group] = new
        if group not in self._listed:
            self._listed.add(group)
            return SeatChanges(tuple(new.values()), (), complete=True)
        changed = tuple(seat for seat in new.values() if old.get(seat.account) != seat)
        # One of the bot's, read before it was known as such, has not left: it would come again.
        return SeatChanges(changed, tuple(old.keys() - new.keys() - self.own), complete=False)

    def _told(self, group: str) -> dict[str, Seat]:
        """The seats as others have been told of them; what was glimpsed is forgotten."""
        told = {**self._groups.get(group, {}), **self._glimpsed.pop(group, {})}
        return {account: seat for account, seat in told.items() if seat is not None}

    def forget_all(self) -> None:
        """Another login whose ids say nothing about the people known so far."""
        self._groups.clear()
        self._glimpsed.clear()
        self._listed.clear()
        self._moved.clear()
