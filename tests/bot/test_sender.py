"""What is in the outbox goes out: once, in order, with care."""

import asyncio
import io
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlmodel import select
from typing_extensions import override

from bot.channels.base import Caps, Sent
from bot.estate import Estate
from bot.outbox.breaker import COOL_DOWN
from bot.outbox.pacing import BREATH
from community.actions import Action, SetCard
from storage.database import Database
from storage.tables import Outbox
from tests.bot.sending import (
    OFFLINE,
    REFUSED,
    UNKNOWN,
    Sending,
    Staged,
    console,
    group,
    private,
)
from tests.fakes import START, FakeChannel, FakeClock

pytestmark = pytest.mark.anyio


def card() -> SetCard:
    return SetCard(group="onebot:100", account="onebot:1", card="张三")


@pytest.fixture
def sending(database: Database, clock: FakeClock) -> Sending:
    """A sender without pacing."""
    return Sending(database, clock)


async def test_order_within_a_conversation(sending: Sending) -> None:
    said = await sending.send(*(group(str(n)) for n in range(20)))
    assert said == [str(n) for n in range(20)]
    assert sending.states() == ["sent"] * 20


async def test_conversations_go_side_by_side(database: Database, clock: FakeClock) -> None:
    channel = Staged(held=asyncio.Event())
    sending = Sending(database, clock, channel)
    slow, quick = asyncio.Event(), []

    def play(action: Action) -> None:
        quick.append(action.target)
        if len(quick) == 3:
            slow.set()

    channel.play = play
    lanes = await asyncio.to_thread(
        sending.put, group("a", "onebot:1"), group("b", "onebot:2"), group("c", "onebot:3")
    )
    sending.sender.wake(lanes)
    await slow.wait()  # all three are in flight at once
    assert channel.held is not None
    channel.held.set()
    await sending.sender.settle()
    assert sorted(sending.said) == ["a", "b", "c"]


async def test_what_is_put_in_while_the_lane_is_busy_goes_out_too(
    database: Database, clock: FakeClock
) -> None:
    channel = Staged()
    sending = Sending(database, clock, channel)

    def play(_: Action) -> None:
        if len(channel.done) < 5:
            sending.sender.wake(sending.put(group(f"more {len(channel.done)}")))

    channel.play = play
    said = await sending.send(group("first"))
    assert said == ["first", *(f"more {n}" for n in range(5))]


async def test_an_offline_channel_is_asked_again_ever_more_seldom(
    sending: Sending, clock: FakeClock
) -> None:
    sending.channel.answers = [OFFLINE] * 8
    await sending.send(group("a"), group("b"))
    assert sending.said == ["a"] * 9 + ["b"]
    assert sending.states() == ["sent", "sent"]
    assert clock.now() - START == timedelta(seconds=1 + 2 + 4 + 8 + 16 + 30 + 30 + 30)
    assert sending.alarms == []


async def test_an_unknown_fate_is_not_tried_again(sending: Sending) -> None:
    sending.channel.answers = [UNKNOWN]
    assert await sending.send(group("a"), group("b")) == ["a", "b"]
    assert sending.states() == ["unknown", "sent"]


async def test_a_refused_private_word_is_said_aloud_where_it_may_be(sending: Sending) -> None:
    sending.channel.answers = [REFUSED]
    said = await sending.send(private("你的名片已更新", aloud=True))
    assert said == ["你的名片已更新", "（私聊发不出去，只好在这里回复。）\n你的名片已更新"]
    assert sending.channel.sends()[1].target == "onebot:100"


async def test_a_refused_private_word_stays_private_otherwise(sending: Sending) -> None:
    sending.channel.answers = [REFUSED]
    assert await sending.send(private("只给你看")) == ["只给你看"]
    assert sending.states() == ["refused"]


async def test_an_unknown_fate_is_not_said_aloud(sending: Sending) -> None:
    sending.channel.answers = [UNKNOWN]
    assert len(await sending.send(private("也许到了", aloud=True))) == 1


async def test_what_a_platform_cannot_do_is_not_asked_of_it(sending: Sending) -> None:
    sending.channel.caps = Caps()
    card = SetCard(group="onebot:100", account="onebot:1", card="x", otherwise=group("请改名片"))
    assert await sending.send(card) == ["请改名片"]
    assert [action.type for action, _ in sending.channel.done] == ["send"]


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


async def test_a_channel_that_raises_counts_as_unknown(
    database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    def play(action: Action) -> None:
        if "张三的秘密" in dict(action)["segments"][0].text:
            raise ValueError("张三的秘密")

    sending = Sending(database, clock, Staged(play=play))
    assert await sending.send(group("张三的秘密"), group("b")) == ["b"]
    assert sending.states() == ["unknown", "sent"]
    assert log.getvalue().count("ERROR") == 1
    assert "张三" not in log.getvalue()


async def test_a_channel_that_never_answers_is_given_up(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock, Staged(held=asyncio.Event()), patience=0.01)
    await sending.send(group("a"))
    assert sending.states() == ["unknown"]


async def test_a_reader_of_the_console_may_take_his_time(
    database: Database, clock: FakeClock
) -> None:
    held = asyncio.Event()
    channel = Staged("console", Caps(paced=False), held=held)
    sending = Sending(database, clock, channel, patience=0.0)
    asyncio.get_running_loop().call_later(0.02, held.set)
    assert await sending.send(group("a", "console:main")) == ["a"]
    assert sending.states() == ["sent"]


async def test_a_row_that_cannot_be_read_does_not_block_its_lane(
    sending: Sending, log: io.StringIO
) -> None:
    def spoil() -> None:
        with sending.database.begin() as session:
            session.exec(select(Outbox)).one().action = '{"type": "of another version"}'

    await asyncio.to_thread(sending.put, group("a"))
    await asyncio.to_thread(spoil)
    assert await sending.send(group("b")) == ["b"]
    assert sending.states() == ["dropped", "sent"]
    assert "cannot be read" in log.getvalue()


@pytest.mark.parametrize(("hours", "said"), [(23, ["a", "b", "n"]), (25, ["b", "n"])])
async def test_answers_that_are_a_day_late_are_not_given(
    sending: Sending, clock: FakeClock, hours: int, said: list[str]
) -> None:
    await asyncio.to_thread(sending.put, group("a", quote="m1"))
    clock.advance(timedelta(hours=hours))
    lanes = await asyncio.to_thread(sending.put, group("b", quote="m2"))
    clock.advance(timedelta(hours=0))
    sending.sender.wake(lanes)
    await sending.sender.settle()
    assert await sending.send(private("n")) == said


async def test_notices_keep(sending: Sending, clock: FakeClock) -> None:
    await asyncio.to_thread(sending.put, private("到期了"))
    clock.advance(timedelta(days=30))
    await sending.sender.start()
    await sending.sender.settle()
    assert sending.said == ["到期了"]


async def test_an_answer_whose_details_cannot_be_stored_is_not_sent_again(
    sending: Sending, database: Database, log: io.StringIO
) -> None:
    too_long = "\0" * 500  # neither the length nor the characters suit a PostgreSQL
    sending.channel.answers = [Sent("sent", too_long, too_long)]
    assert await sending.send(group("a"), group("b")) == ["a", "b"]
    if not database.is_sqlite:
        assert sending.states() == ["unknown", "sent"]
        assert log.getvalue().count("ERROR") == 1


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
        assert all(gap >= BREATH for gap in gaps)

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
        assert log.getvalue() == "WARNING onebot:1…: 这一小时发得够多了，60 分钟后再发\n"

    async def test_a_console_is_not_paced(self, database: Database, clock: FakeClock) -> None:
        sending = Sending(database, clock, console(), min_interval=3, per_hour=1)
        await sending.send(*(group(str(n), "console:main") for n in range(10)))
        assert clock.now() == START


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
        async with asyncio.timeout(10):
            await sending.sender.stop()
        assert sorted(sending.states()) == ["new", "new", "sent"]

    async def test_what_was_in_flight_at_a_crash_goes_out_first(self, sending: Sending) -> None:
        await asyncio.to_thread(sending.put, group("a"), group("b"))
        await asyncio.to_thread(sending.store.next, "onebot:100")
        assert sending.states() == ["sending", "new"]
        estate = Estate(sending.database, sending.clock, mark=None, ours=set)
        await asyncio.to_thread(estate.at_start)
        await sending.sender.start()
        await sending.sender.settle()
        assert sending.said == ["a", "b"]


async def test_lanes_of_channels_that_do_not_run_keep_their_messages(sending: Sending) -> None:
    assert await sending.send(group("a", "wechaty:room")) == []
    assert sending.states() == ["new"]


async def test_a_fault_in_one_lane_leaves_the_others_and_its_next_turn(
    database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    channel = FakeChannel()
    sending = Sending(database, clock, channel)
    await asyncio.to_thread(sending.put, group("a"))
    pacing = sending.sender._pacing
    sending.sender._pacing = None  # type: ignore[assignment]
    sending.sender.wake({"onebot:100"})
    await sending.sender.settle()
    assert log.getvalue().count("ERROR") == 1
    sending.sender._pacing = pacing
    sending.sender.wake({"onebot:100"})
    await sending.sender.settle()
    assert sending.said == ["a"]


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
    channel = Staged(answers=[Sent("offline", after=300.0)])
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
    sending.channel.answers = [Sent("offline", after=300.0)]
    await sending.send(group("a"))
    await sending.sender.stop()
    assert sending.states() == ["new"]


async def test_no_more_at_once_than_a_channel_can_take(
    database: Database, clock: FakeClock
) -> None:
    channel = Staged("mail", Caps(paced=False, at_once=2), held=asyncio.Event())
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


@pytest.mark.parametrize(("days", "said"), [(4, ["x"]), (6, [])])
async def test_a_letter_is_given_up_after_days(
    database: Database, clock: FakeClock, days: int, said: list[str]
) -> None:
    sending = Sending(database, clock, FakeChannel("mail", Caps(paced=False)))
    await asyncio.to_thread(sending.put, private("x", "mail:a@x.cn"))
    clock.advance(timedelta(days=days))
    await sending.sender.start()
    await sending.sender.settle()
    assert sending.said == said
