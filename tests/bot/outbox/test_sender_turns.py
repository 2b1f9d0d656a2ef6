"""Who uses an account next, where many wait for it."""

import asyncio

import pytest

from bot.outbox.job import Handled
from bot.outbox.priority import PriorityLock
from community.actions import Send, Text
from storage.database import Database
from tests.bot.sending import Sending
from tests.fakes import FakeClock

pytestmark = pytest.mark.anyio


async def go(turns: PriorityLock, lane: str, went: list[str]) -> None:
    async with turns.hold(lane):
        went.append(lane)


async def test_in_the_order_in_which_they_came_but_who_is_in_a_hurry() -> None:
    turns, went = PriorityLock(), list[str]()
    async with turns.hold("first"):
        assert turns.locked
        going = [asyncio.create_task(go(turns, lane, went)) for lane in "abcd"]
        await asyncio.sleep(0)
        turns.prioritize("c")
        going[0].cancel()
    await asyncio.wait(going)
    assert went == ["c", "b", "d"]
    assert not turns.locked


async def test_a_turn_that_is_given_to_somebody_who_has_just_left_goes_on() -> None:
    turns, went = PriorityLock(), list[str]()
    async with turns.hold("first"):
        going = [asyncio.create_task(go(turns, lane, went)) for lane in "ab"]
        await asyncio.sleep(0)
    going[0].cancel()
    await asyncio.wait(going)
    assert went == ["b"]
    assert not turns.locked


async def test_nobody_waits_for_his_answer_until_all_notices_are_out(
    database: Database, clock: FakeClock
) -> None:
    sending = Sending(database, clock, min_interval=3)
    notices = [Send(account=f"onebot:{n}", segments=(Text(text=f"{n}"),)) for n in range(5)]
    answer = Send(group="onebot:100", segments=(Text(text="answer"),))
    waiting = await asyncio.to_thread(sending.put, *notices)
    lanes = await asyncio.to_thread(sending.put, answer)
    sending.sender.wake(waiting)
    sending.sender.on_handled("onebot:100", Handled(lanes))
    await sending.sender.settle()
    assert "answer" in sending.said[:3]  # one was out, and one had its turn already
    assert len(sending.said) == 6
