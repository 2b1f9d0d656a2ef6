"""Channels are spared: what is sent keeps a pace, and what fails again and again is not."""

import asyncio
import io
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.channels.base import Caps, Sent
from bot.outbox.breaker import COOL_DOWN, TRIAL
from bot.outbox.pacing import ACCOUNT_INTERVAL
from community.actions import Action
from storage.database import Database
from tests.bot.sending import (
    OFFLINE,
    REFUSED,
    UNKNOWN,
    Sending,
    Staged,
    card,
    console,
    group,
    private,
)
from tests.fakes import START, FakeClock

pytestmark = pytest.mark.anyio


async def test_three_failures_stop_the_channel_and_are_told_once(
    sending: Sending, clock: FakeClock
) -> None:
    sending.channel.answers = [UNKNOWN] * 5
    await sending.send(*(group(str(n), f"onebot:{n}") for n in range(5)), group("last"))
    assert sending.alarms == ["onebot"]
    assert sorted(sending.said) == ["0", "1", "2", "3", "4", "last"]
    assert clock.now() - START >= COOL_DOWN


async def test_after_the_cool_down_one_trial_and_not_all_at_once(
    database: Database, clock: FakeClock
) -> None:
    times = []
    channel = Staged(answers=[UNKNOWN] * 4, play=lambda _: times.append(clock.now()))
    sending = Sending(database, clock, channel)
    await sending.send(*(group(str(n)) for n in range(3)))
    await sending.send(*(group(str(n), f"onebot:{n}") for n in range(10)))
    trial, second = times[3], times[4]
    assert trial - times[2] == COOL_DOWN
    assert second - trial >= COOL_DOWN  # the trial failed
    assert sending.alarms == ["onebot"]
    assert sending.states().count("sent") == 9


async def test_a_trial_that_never_left_does_not_hold_back_the_others(
    database: Database, clock: FakeClock
) -> None:
    times = []
    channel = Staged(answers=[UNKNOWN] * 3 + [OFFLINE], play=lambda _: times.append(clock.now()))
    sending = Sending(database, clock, channel)
    await sending.send(*(group(str(n)) for n in range(3)))
    await sending.send(*(group(str(n), f"onebot:{n}") for n in range(3)))
    assert times[3] - times[2] == COOL_DOWN
    assert times[-1] - times[3] < TRIAL
    assert sending.states().count("sent") == 3


async def test_who_can_set_cards_may_be_muted_all_the_same(
    sending: Sending, clock: FakeClock
) -> None:
    ok = Sent("sent")
    sending.channel.answers = [UNKNOWN, ok, UNKNOWN, ok, UNKNOWN, ok, UNKNOWN, ok]
    for _ in range(4):
        await sending.send(group("a"), card())
    assert sending.alarms == ["onebot"]
    assert clock.now() - START >= COOL_DOWN


async def test_strangers_who_refuse_say_nothing_about_the_channel(sending: Sending) -> None:
    sending.channel.answers = [REFUSED] * 4
    await sending.send(*(private("x", f"onebot:{n}") for n in range(4)))
    assert sending.alarms == []


async def test_a_console_that_nobody_reads_any_more_is_no_reason_to_wait(
    database: Database, clock: FakeClock
) -> None:
    channel = console()
    sending = Sending(database, clock, channel)
    channel.answers = [REFUSED] * 10
    await sending.send(*(group(str(n), "console:main") for n in range(10)))
    assert sending.states() == ["refused"] * 10
    assert (clock.now(), sending.alarms) == (START, [])


async def test_no_more_at_once_than_a_channel_can_take(
    database: Database, clock: FakeClock
) -> None:
    channel = Staged("mail", Caps(paced=False, max_concurrent=2), held=asyncio.Event())
    sending = Sending(database, clock, channel)
    begun: list[str] = []
    full = asyncio.Event()

    def play(action: Action) -> None:
        begun.append(action.target)
        if len(begun) == 2:
            full.set()

    channel.play = play
    lanes = await asyncio.to_thread(sending.put, *(group("x", f"mail:{n}@x.cn") for n in range(5)))
    sending.sender.wake(lanes)
    await full.wait()
    assert sorted(await asyncio.to_thread(sending.states)) == ["new"] * 3 + ["sending"] * 2
    assert channel.held is not None
    channel.held.set()
    await sending.sender.settle()
    assert len(begun) == 5
    assert sending.states() == ["sent"] * 5


class TestPaced:
    """With the rules of the default configuration."""

    async def test_a_group_is_written_to_every_three_seconds(
        self, database: Database, clock: FakeClock
    ) -> None:
        times = []
        channel = Staged(play=lambda _: times.append(clock.now()))
        await Sending(database, clock, channel, min_interval=3).send(
            *(group(str(n)) for n in range(5))
        )
        assert len(times) == 5
        gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
        assert all(3 <= gap <= 4.5 for gap in gaps)

    async def test_fifty_notices_are_no_burst(self, database: Database, clock: FakeClock) -> None:
        times = []
        channel = Staged(play=lambda _: times.append(clock.now()))
        await Sending(database, clock, channel, min_interval=3).send(
            *(private("到期了", f"onebot:{n}") for n in range(50))
        )
        assert len(times) == 50
        gaps = [(b - a).total_seconds() for a, b in pairwise(times)]
        assert all(gap >= ACCOUNT_INTERVAL for gap in gaps)

    async def test_the_rhythm_goes_on_after_a_restart(
        self, database: Database, clock: FakeClock
    ) -> None:
        sending = Sending(database, clock, per_hour=2)
        await sending.send(group("a"), group("b"))
        sending.sender = sending.make_sender()
        await sending.sender.start()
        await sending.send(group("c"))
        assert clock.now() - START == timedelta(hours=1)

    async def test_nobody_waits_when_nothing_is_left_to_say(
        self, database: Database, clock: FakeClock
    ) -> None:
        await Sending(database, clock, min_interval=3, per_hour=1).send(group("a"))
        assert clock.now() == START

    async def test_approvals_and_cards_neither_wait_nor_count(
        self, database: Database, clock: FakeClock
    ) -> None:
        sending = Sending(database, clock, min_interval=3, per_hour=1)
        await sending.send(group("a"))
        await sending.send(card(), card(), card())
        assert len(sending.channel.done) == 4
        assert clock.now() - START < timedelta(minutes=1)
        await sending.send(group("b"))
        assert clock.now() - START == timedelta(hours=1)

    async def test_a_group_that_is_held_back_for_long_is_told_of(
        self, database: Database, clock: FakeClock, log: io.StringIO
    ) -> None:
        await Sending(database, clock, min_interval=3, per_hour=2).send(
            *(group(str(n)) for n in range(3))
        )
        assert log.getvalue() == "WARNING onebot:1…：这一小时发得够多了，60 分钟后再发\n"

    async def test_a_console_is_not_paced(self, database: Database, clock: FakeClock) -> None:
        sending = Sending(database, clock, console(), min_interval=3, per_hour=1)
        await sending.send(*(group(str(n), "console:main") for n in range(10)))
        assert clock.now() == START
