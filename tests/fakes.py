"""A clock and a chat platform for tests; both keep the protocols of the real ones."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.channels.base import Caps, Feed, Sent
from bot.finding import Finding
from community.actions import Action, Send

_ABILITIES = ("can_recall", "can_answer_requests", "can_set_card", "can_kick")
START = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)  # a Monday noon in Shanghai


@dataclass
class FakeClock:
    """Stands still until it is turned; sleeping turns it."""

    time: datetime = START

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.advance(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    def advance(self, by: timedelta) -> None:
        """Turn the hands."""
        self.time += by


@dataclass
class FakeChannel:
    """Takes what the bot does and remembers it.

    ``answers`` are given before a plain success; ``endings`` to actions of a kind, always.
    """

    name: str = "onebot"
    caps: Caps = field(default_factory=lambda: Caps(**dict.fromkeys(_ABILITIES, True)))
    done: list[tuple[Action, Sent]] = field(default_factory=list)
    answers: list[Sent] = field(default_factory=list)
    endings: dict[type[Action], Sent] = field(default_factory=dict)
    address: str | None = None

    def reaches(self, target: str) -> bool | None:
        """Everybody."""
        del target
        return True

    async def run(self, feed: Feed) -> None:
        """Nothing comes in by itself: tests feed the door."""

    async def perform(self, action: Action) -> Sent:
        """Remember it and answer."""
        ending = self.endings.get(type(action))
        sent = ending or (self.answers.pop(0) if self.answers else self._success(action))
        self.done.append((action, sent))
        return sent

    def _success(self, action: Action) -> Sent:
        return Sent("sent", f"bot-{len(self.done) + 1}" if isinstance(action, Send) else None)

    async def check(self) -> list[Finding]:
        """Always well."""
        return [Finding(ok=True, text="假渠道")]

    @property
    def texts(self) -> list[str]:
        """The words of all that was said."""
        return [send.text for send in self.sends()]

    def sends(self, since: int = 0) -> list[Send]:
        """What was said, in order, from the ``since``-th action on."""
        return [action for action, _ in self.done[since:] if isinstance(action, Send)]
