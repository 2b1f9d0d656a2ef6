"""What happens around a chat besides what is said in it."""

from abc import ABC, abstractmethod

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

    def recalls(self, message_id: str, *, group: str = GROUP) -> None:
        """A message is taken back by its author."""
        key = f"recall-{message_id}"
        self.feed(
            Recalled(
                channel="onebot:bot",
                key=key,
                time=self.clock.now(),
                group=group,
                message_id=message_id,
                by=account(self._texts[message_id][0]),
            )
        )

    def sits(self, *who: str, group: str = GROUP, complete: bool = True) -> None:
        """The platform tells who is in the group."""
        self._count += 1
        self.feed(
            SeatsChanged(
                channel="onebot:bot",
                key=f"seats-{self._count}",
                time=self.clock.now(),
                group=group,
                complete=complete,
                seats=tuple(Seat(account=account(name), name=name, card=name) for name in who),
            )
        )

    def requests_to_join(
        self, who: str, comment: str = "", *, group: str = GROUP, flag: str = ""
    ) -> None:
        """Somebody asks to be let into the group; the same flag is the same request."""
        self._count += 1
        flag = flag or f"flag-{self._count}"
        self.feed(
            JoinRequested(
                channel="onebot:bot",
                key=f"request:{flag}",
                time=self.clock.now(),
                group=group,
                account=account(who),
                name=who,
                comment=comment,
                flag=flag,
            )
        )

    def befriends(self, who: str, comment: str = "") -> None:
        """Somebody wants to be the bot's contact."""
        self._count += 1
        self.feed(
            FriendRequested(
                channel="onebot:bot",
                key=f"friend-{self._count}",
                time=self.clock.now(),
                account=account(who),
                name=who,
                comment=comment,
                flag=f"flag-{self._count}",
            )
        )

    def joins(self, who: str, *, card: str = "", group: str = GROUP) -> None:
        """Somebody is in the group from now on, whoever has let him in."""
        self._count += 1
        self.feed(
            MemberJoined(
                channel="onebot:bot",
                key=f"joined-{self._count}",
                time=self.clock.now(),
                group=group,
                seat=Seat(account=account(who), name=who, card=card),
            )
        )

    def leaves(self, who: str, *, group: str = GROUP, by: str = "") -> None:
        """Somebody leaves the group, or is made to."""
        self._count += 1
        self.feed(
            MemberLeft(
                channel="onebot:bot",
                key=f"left-{self._count}",
                time=self.clock.now(),
                group=group,
                account=account(who),
                by=account(by or who),
            )
        )

    def wears(self, who: str, card: str, *, group: str = GROUP) -> None:
        """The platform tells that somebody's card is another."""
        self._count += 1
        self.feed(
            SeatsChanged(
                channel="onebot:bot",
                key=f"card-{self._count}",
                time=self.clock.now(),
                group=group,
                seats=(Seat(account=account(who), name=who, card=card),),
            )
        )
