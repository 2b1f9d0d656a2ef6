"""Sending is stopped in the middle, started again, or waits for long."""

import asyncio
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from bot.channels.base import Sent
from bot.coordination.recovery import Recovery
from storage.database import Database
from tests.bot.sending import (
    OFFLINE,
    Sending,
    Staged,
    group,
)
from tests.fakes import FakeClock

pytestmark = pytest.mark.anyio


@dataclass
class Still(FakeClock):
    """Whoever sleeps by it never wakes up."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)

    @override
    async def sleep(self, seconds: float) -> None:
        """For ever."""
        self.asked.set()
        del seconds
        await asyncio.Event().wait()


class TestStop:
    """Stopped in the middle, and started again."""

    async def test_the_rest_is_kept_for_the_next_start(
        self, database: Database, clock: FakeClock
    ) -> None:
        channel = Staged(held=asyncio.Event())
        sending = Sending(database, clock, channel)
        begun = asyncio.Event()
        channel.play = lambda _: begun.set()
        sending.sender.wake(
            await asyncio.to_thread(sending.put, *(group(str(n)) for n in range(3)))
        )
        await begun.wait()
        stopping = asyncio.create_task(sending.sender.stop())
        await asyncio.sleep(0)
        assert channel.held is not None
        channel.held.set()
        await stopping
        assert sending.said == ["0"]
        assert sending.states() == ["sent", "new", "new"]

        sending.sender.wake({"onebot:100"})  # a stopped sender stays stopped
        assert sending.said == ["0"]
        sending.sender = sending.make_sender()
        await sending.sender.start()
        await sending.sender.settle()
        assert sending.said == ["0", "1", "2"]

    async def test_waiting_for_a_channel_or_for_the_pacing_ends_at_once(
        self, database: Database
    ) -> None:
        clock = Still()
        sending = Sending(database, clock, min_interval=3)
        sending.channel.answers = [Sent("sent"), OFFLINE]
        lanes = await asyncio.to_thread(sending.put, group("a"), group("b"), group("c", "onebot:2"))
        sending.sender.wake(lanes)
        await clock.asked.wait()
        async with asyncio.timeout(60):
            await sending.sender.stop()
        assert sorted(sending.states()) == ["new", "new", "sent"]

    async def test_what_was_in_flight_at_a_crash_goes_out_first(self, sending: Sending) -> None:
        await asyncio.to_thread(sending.put, group("a"), group("b"))
        await asyncio.to_thread(sending.store.claim_next, "onebot:100")
        assert sending.states() == ["sending", "new"]
        recovery = Recovery(sending.database, sending.clock, instance_id=None, own_numbers=set)
        await asyncio.to_thread(recovery.at_start)
        await sending.sender.start()
        await sending.sender.settle()
        assert sending.said == ["a", "b"]


class LongWaits(FakeClock):
    """Minutes do not pass by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.rung = asyncio.Event()

    @override
    async def sleep(self, seconds: float) -> None:
        if seconds >= 60:
            await self.rung.wait()
        await super().sleep(seconds)


async def test_who_asks_for_patience_holds_nobody_up(database: Database) -> None:
    clock = LongWaits()
    again = asyncio.Event()
    channel = Staged(answers=[Sent("offline", retry_after=300.0)])
    sending = Sending(database, clock, channel)
    assert await sending.send(group("a"), group("b")) == ["a"]
    assert await sending.send(group("c", "onebot:200")) == ["a", "c"]
    assert sending.states() == ["new", "new", "sent"]
    assert await sending.send(group("d")) == ["a", "c"]  # nothing overtakes, nothing hurries it
    channel.play = lambda _: again.set()
    clock.rung.set()
    await again.wait()
    await sending.sender.settle()
    assert sending.said == ["a", "c", "a", "b", "d"]


async def test_who_waits_with_patience_does_not_hold_up_the_end(database: Database) -> None:
    sending = Sending(database, LongWaits())
    sending.channel.answers = [Sent("offline", retry_after=300.0)]
    await sending.send(group("a"))
    await sending.sender.stop()
    assert sending.states() == ["new"]
