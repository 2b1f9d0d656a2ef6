"""The console on text streams: in memory, and on real pipes."""

import asyncio
import io
import os
from datetime import timedelta

import pytest

from bot.channels.base import Channel, Sent
from bot.channels.console import Console
from community.actions import Recall, Send, Text
from tests.channels.console.streams import NO_FEED, Collected, pipe, typed
from tests.fakes import START, FakeClock

pytestmark = pytest.mark.anyio

PATIENCE = 60.0  # seconds until a test that hangs fails
HELLO = Send(group="console:main", segments=(Text(text="你好"),))


async def test_lines_become_messages_and_answers_are_printed() -> None:
    output = io.StringIO()
    console = Console(typed("张三: #need 一", "", "  ", "李四（私聊）: #帮助", "再来"), output)
    door = Collected(console)
    await console.run(door.feed)
    assert [(m.sender.account, m.group, m.text) for m in door.messages] == [
        ("console:张三", "console:main", "#need 一"),
        ("console:李四", None, "#帮助"),
        ("console:李四", None, "再来"),
    ]
    assert output.getvalue() == (
        "老友: 收到 #need 一\n老友 → 李四: 收到 #帮助\n老友 → 李四: 收到 再来\n"
    )


async def test_somebody_speaks_even_when_no_name_was_typed() -> None:
    door = Collected()
    await Console(typed("#need 找人"), io.StringIO()).run(door.feed)
    assert [m.sender.account for m in door.messages] == ["console:我"]


async def test_the_last_line_needs_no_line_break() -> None:
    door = Collected()
    await Console(io.StringIO("张三: 一\n张三: 二"), io.StringIO()).run(door.feed)
    assert door.texts == ["一", "二"]


async def test_the_time_is_the_clocks() -> None:
    clock = FakeClock()
    clock.advance(timedelta(hours=1))
    door = Collected()
    await Console(typed("张三: 早"), io.StringIO(), clock=clock).run(door.feed)
    assert door.messages[0].time == START + timedelta(hours=1)


async def test_ids_are_unique_even_after_a_restart() -> None:
    doors = [Collected(), Collected()]
    for door in doors:
        await Console(typed("张三: 早", "张三: 早"), io.StringIO()).run(door.feed)
    messages = [message for door in doors for message in door.messages]
    assert len({message.key for message in messages}) == 4
    assert len({message.message_id for message in messages}) == 4


async def test_what_it_says_has_an_id() -> None:
    console = Console(io.StringIO(), io.StringIO(), session="s")
    first, second = await console.perform(HELLO), await console.perform(HELLO)
    assert first == Sent("sent", "s-out-1")
    assert second == Sent("sent", "s-out-2")


async def test_what_it_cannot_do_it_refuses() -> None:
    output = io.StringIO()
    console = Console(io.StringIO(), output)
    elsewhere = HELLO.model_copy(update={"group": "onebot:1"})
    for action in (Recall(group="console:main", message_id="1"), elsewhere):
        assert (await console.perform(action)).state == "refused"
    assert output.getvalue() == ""


async def test_messages_at_the_same_time_stay_whole() -> None:
    with pipe() as (read, write):
        console = Console(io.StringIO(), write)
        long = Send(group="console:main", segments=(Text(text="长\n" * 500),))
        await asyncio.gather(*(console.perform(long) for _ in range(5)))
        write.close()
        blocks = read.read().split("老友: ")
    assert blocks[0] == ""
    assert len(blocks) == 6
    assert len(set(blocks[1:])) == 1


async def test_bytes_that_are_no_text_do_not_end_it() -> None:
    with pipe() as (read, write):
        os.write(write.fileno(), b"\xe5\xbc\xa0: \xff\xfe ok\n")
        write.close()
        door = Collected()
        await Console(read, io.StringIO()).run(door.feed)
    assert door.texts == ["\ufffd\ufffd ok"]


async def test_waiting_for_input_holds_up_nothing() -> None:
    with pipe() as (read, write):
        output = io.StringIO()
        console = Console(read, output)
        door = Collected(console)
        running = asyncio.create_task(console.run(door.feed))
        assert (await console.perform(HELLO)).state == "sent"  # while nothing was typed
        assert not running.done()
        write.write("张三: 早\n")
        write.close()
        await running
    assert output.getvalue() == "老友: 你好\n老友: 收到 早\n"


async def test_it_can_be_stopped_while_it_waits_for_input() -> None:
    with pipe() as (read, write):
        console = Console(read, io.StringIO())
        running = asyncio.create_task(console.run(NO_FEED))
        await console.perform(HELLO)
        running.cancel()
        [outcome] = await asyncio.gather(running, return_exceptions=True)
        write.close()  # lets the thread that still reads come to its end
    assert isinstance(outcome, asyncio.CancelledError)


async def test_it_ends_quietly_when_nobody_reads_any_more() -> None:
    with pipe() as (read, write), pipe() as (typing, keyboard):
        console = Console(typing, write)
        running = asyncio.create_task(console.run(NO_FEED))
        read.close()
        # A process that is just being started holds a copy of the other end until it runs.
        async with asyncio.timeout(PATIENCE):
            while (await console.perform(HELLO)).state != "refused":
                continue
        await running
        assert (await console.perform(HELLO)).state == "refused"
        keyboard.close()


async def test_a_closed_stream_is_the_end_of_the_input() -> None:
    stdin = io.StringIO()
    stdin.close()
    await Console(stdin, io.StringIO()).run(NO_FEED)


async def test_check_looks_at_both_ends() -> None:
    closed = io.StringIO()
    closed.close()
    [good] = await Console(io.StringIO(), io.StringIO()).check()
    assert (good.ok, good.text) == (True, "控制台：逐行读取标准输入")
    for console in (Console(closed, io.StringIO()), Console(io.StringIO(), closed)):
        [bad] = await console.check()
        assert not bad.ok
        assert bad.fix


def test_it_is_a_channel() -> None:
    channel: Channel = Console(io.StringIO(), io.StringIO())
    assert channel.name == "console"
    assert not channel.caps.paced
    assert not channel.caps.can_quote
