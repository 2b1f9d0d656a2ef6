"""What happens around a chat besides what is said in it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from community.updates import (
    FriendRequested,
    JoinRequested,
    MemberJoined,
    MemberLeft,
    Recalled,
    Seat,
    SeatsChanged,
    Update,
)
from tests.fakes import FakeClock

GROUP = "onebot:100"


def account(who: str) -> str:
    """The stable id of a person in the tests."""
    return f"onebot:{who}"


class Happenings(ABC):
    """Each of them goes through the one door, as what is said does."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self._count = 0
        self._texts: dict[str, tuple[str, str]] = {}  # message id → author, text

    @abstractmethod
    def feed(self, *updates: Update) -> None:
        """Hand in updates, several at once, and wait until the bot has come to rest."""

    def recalls(self, message_id: str, *, group: str | None = GROUP, of: str = "") -> None:
        """A message is taken back by its author; ``of``: another one's, which has the same id for
        another account of the bot.
        """
        by = account(of or self._texts[message_id][0])
        self._happens(
            Recalled,
            f"recall-{message_id}-{by}",
            group=group,
            message_id=message_id,
            author=by,
            by=by,
        )

    def sits(self, *who: str, group: str = GROUP, complete: bool = True) -> None:
        """The platform tells who is in the group."""
        seats = tuple(_seat(name, name) for name in who)
        self._happens(SeatsChanged, self._new("seats"), group=group, complete=complete, seats=seats)

    def requests_to_join(
        self, who: str, comment: str = "", *, group: str = GROUP, flag: str = ""
    ) -> None:
        """Somebody asks to be let into the group; the same flag is the same request."""
        flag = flag or self._new("flag")
        asked = {"account": account(who), "name": who, "comment": comment, "flag": flag}
        self._happens(JoinRequested, f"request:{flag}", group=group, **asked)

    def befriends(self, who: str, comment: str = "") -> None:
        """Somebody wants to be the bot's contact."""
        flag = self._new("flag")
        asked = {"account": account(who), "name": who, "comment": comment, "flag": flag}
        self._happens(FriendRequested, f"friend:{flag}", **asked)

    def joins(self, who: str, *, card: str = "", group: str = GROUP) -> None:
        """Somebody is in the group from now on, whoever has let him in."""
        self._happens(MemberJoined, self._new("joined"), group=group, seat=_seat(who, card))

    def leaves(self, who: str, *, group: str = GROUP, by: str = "") -> None:
        """Somebody leaves the group, or is made to."""
        gone = {"account": account(who), "by": account(by or who)}
        self._happens(MemberLeft, self._new("left"), group=group, **gone)

    def wears(self, who: str, card: str, *, group: str = GROUP) -> None:
        """The platform tells that somebody's card is another."""
        self._happens(SeatsChanged, self._new("card"), group=group, seats=(_seat(who, card),))

    def _new(self, name: str) -> str:
        self._count += 1
        return f"{name}-{self._count}"

    def _happens(self, kind: Callable[..., Update], key: str, **what: Any) -> None:
        self.feed(kind(channel="onebot:bot", key=key, time=self.clock.now(), **what))


def _seat(who: str, card: str) -> Seat:
    return Seat(account=account(who), name=who, card=card)
