"""A sender with an outbox in a real database, and channels that answer as the test wants."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlmodel import Session, col, select
from typing_extensions import override

from bot.channels.base import Caps, Channel, Sent
from bot.coordination.held_channels import HeldChannels
from bot.outbox.pacing import Pacing
from bot.outbox.sender import SEND_TIMEOUT, Sender
from bot.outbox.store import Store
from bot.retry import Retry
from community.actions import Action, Send, SetCard, Text, dump_action
from storage.database import Database
from storage.queries.traffic import outbox
from storage.tables import Outbox
from tests.fakes import FakeChannel, FakeClock

UNKNOWN, REFUSED, OFFLINE = Sent("unknown"), Sent("refused"), Sent("offline")


@dataclass
class Sending:
    """What a sender works with, and the sender."""

    database: Database
    clock: FakeClock
    channel: FakeChannel = field(default_factory=FakeChannel)
    others: tuple[Channel, ...] = ()
    min_interval: float = 0
    per_hour: int = 0
    patience: float = SEND_TIMEOUT
    alarms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = Store(self.database, self.clock)
        self.sender = self.make_sender()

    def make_sender(self) -> Sender:
        """Another sender on the same outbox, as after a restart."""
        self.held_channels = HeldChannels((self.channel, *self.others), instance_id=None)
        return Sender(
            store=self.store,
            held_channels=self.held_channels,
            pacing=Pacing(
                min_interval=self.min_interval, per_hour=self.per_hour, rng=random.Random(1)
            ),
            clock=self.clock,
            retry=Retry(self.clock),
            alarm=self.alarms.append,
            timeout=self.patience,
        )

    def put(self, *actions: Action) -> set[str]:
        """Into the outbox; gives the lanes."""
        with self.database.begin() as session:
            self.put_in(session, *actions)
            return outbox.touched(session)

    def put_in(self, session: Session, *actions: Action) -> None:
        """Likewise, in a transaction that is under way."""
        now = self.clock.now()
        for action in actions:
            outbox.put(session, lane=action.target, action=dump_action(action), now=now)

    async def send(self, *actions: Action) -> list[str]:
        """Put them in, and wait until all is sent that can be; gives what the channel has said."""
        lanes = await asyncio.to_thread(self.put, *actions)
        self.sender.wake(lanes)
        await self.sender.settle()
        return self.said

    @property
    def said(self) -> list[str]:
        """What went out or was tried, in order."""
        return self.channel.texts

    def states(self) -> list[str]:
        """The states of all rows, in order."""
        with self.database.read() as session:
            return list(session.exec(select(Outbox.state).order_by(col(Outbox.id))))


@dataclass
class Staged(FakeChannel):
    """Does ``play`` for each action, instead of a plain success."""

    play: Callable[[Action], None] = lambda _: None
    held: asyncio.Event | None = None  # actions wait for it, and then succeed

    @override
    async def perform(self, action: Action) -> Sent:
        """Play, wait, succeed."""
        self.play(action)
        if self.held is not None:
            await self.held.wait()
        return await super().perform(action)


def group(text: str, address: str = "onebot:100", *, quote: str | None = None) -> Send:
    """Words for a group."""
    return Send(group=address, segments=(Text(text=text),), quote=quote)


def private(text: str, address: str = "onebot:10001", *, aloud: bool = False) -> Send:
    """Words for one person, met in a group."""
    return Send(account=address, via_group="onebot:100", aloud=aloud, segments=(Text(text=text),))


def console() -> FakeChannel:
    """A channel that harms nobody."""
    return FakeChannel(name="console", caps=Caps(paced=False))


def card() -> SetCard:
    """Somebody gets a card."""
    return SetCard(group="onebot:100", account="onebot:1", card="张三")
