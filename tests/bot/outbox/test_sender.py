"""What is in the outbox goes out: once, in order, with care."""

import asyncio
import io
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.channels.base import Caps, Sent
from community.actions import Action, SetCard
from storage.database import Database
from storage.tables import Outbox
from tests.bot.sending import (
    OFFLINE,
    REFUSED,
    UNKNOWN,
    Sending,
    Staged,
    group,
    private,
)
from tests.fakes import START, FakeChannel, FakeClock

pytestmark = pytest.mark.anyio


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


async def test_lanes_of_channels_that_do_not_run_keep_their_messages(sending: Sending) -> None:
    assert await sending.send(group("a", "wechaty:room")) == []
    assert sending.states() == ["new"]


async def test_a_fault_in_one_lane_leaves_the_others_and_its_next_turn(
    database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    channel = FakeChannel()
    sending = Sending(database, clock, channel)
    await asyncio.to_thread(sending.put, group("a"))
    throttle = sending.sender._throttle
    sending.sender._throttle = None  # type: ignore[assignment]
    sending.sender.wake({"onebot:100"})
    await sending.sender.settle()
    assert log.getvalue().count("ERROR") == 1
    sending.sender._throttle = throttle
    sending.sender.wake({"onebot:100"})
    await sending.sender.settle()
    assert sending.said == ["a"]


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
