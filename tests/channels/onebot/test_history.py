"""Messages that were sent while the bot was away."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.watermarks import Since
from community.updates import Message, Update
from tests.channels.hearing import Heard, running
from tests.channels.onebot.bench import BRIEF, GROUP, TOKEN, HeldClock, words
from tests.onebot_peer import SILENCE, Peer, Reply, failed, payloads

pytestmark = pytest.mark.anyio

HISTORY = "get_group_msg_history"


async def forward(
    peer: Peer, clock: HeldClock, since: Since | None = None, *, patience: float = 10.0
) -> OneBot:
    """A channel that dials the peer, and waits so long for an answer."""
    return OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=[f"onebot:{GROUP}"],
        since=since,
        clock=clock,
        timeout=patience,
    )


def seconds(moment: datetime) -> int:
    """As the wire has it."""
    return int(moment.timestamp())


def repeated(heard: Heard) -> set[str]:
    """Keys that came more than once."""
    keys = [message.key for message in heard.messages]
    return {key for key in keys if keys.count(key) > 1}


async def lost(peer: Peer, clock: HeldClock, heard: Heard) -> int:
    """The connection breaks after something was said, which is when; the next one waits until the
    test lets go of the clock.
    """
    now = seconds(clock.now())
    await peer.until(lambda: peer.connected)
    await peer.say(20002000, "在的时候", group=GROUP, at=now)
    await heard.message()
    await clock.hold_from(0)
    await peer.hang_up()
    await clock.until(lambda: clock.sleeping)
    return now


async def test_a_gap_between_two_connections_is_filled(peer: Peer) -> None:
    clock = HeldClock()
    async with running(await forward(peer, clock)) as heard:
        now = await lost(peer, clock, heard)
        await peer.say(20002000, "#need 错过的一", group=GROUP, at=now + 1)
        await peer.say(peer.number, "自己说的", group=GROUP, at=now + 1)
        await peer.say(30003000, "#offer 错过的二", group=GROUP, at=now + 2)
        await clock.hold_from(100)
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "回来以后", group=GROUP, at=now + 3)
        await heard.says("回来以后")
    once = {message.key: message.text for message in heard.messages}
    assert list(once.values()) == ["在的时候", "#need 错过的一", "#offer 错过的二", "回来以后"]
    # The message at the edge of the gap comes again: the key tells.
    assert heard.messages[0].key in repeated(heard)


async def test_the_first_start_answers_nothing_old(peer: Peer) -> None:
    clock = HeldClock()
    channel = await forward(peer, clock)
    await peer.say(20002000, "#need 很久以前", group=GROUP, at=seconds(clock.now()) - 5)
    async with running(channel) as heard:
        await peer.until(lambda: peer.connected)
        await peer.say(20002000, "早", group=GROUP)
        await heard.message()
    assert heard.texts == ["早"]
    assert peer.calls(HISTORY) == []


async def test_a_later_start_goes_back_to_the_newest_update_known(peer: Peer) -> None:
    clock = HeldClock()
    now = clock.now()
    for minutes in (30, 20, 10):
        at = seconds(now - timedelta(minutes=minutes))
        await peer.say(20002000, f"{minutes} 分钟前", group=GROUP, at=at)
    asked: list[str] = []

    def since(group: str) -> datetime:
        asked.append(group)
        return now - timedelta(minutes=21)

    async with running(await forward(peer, clock, since)) as heard:
        await heard.message(2)
    assert heard.texts == ["20 分钟前", "10 分钟前"]
    assert asked == [f"onebot:{GROUP}"]


async def test_nothing_older_than_a_day_is_answered(peer: Peer) -> None:
    clock = HeldClock()
    now = clock.now()
    for hours in (25, 23):
        at = seconds(now - timedelta(hours=hours))
        await peer.say(20002000, f"{hours} 小时前", group=GROUP, at=at)
    channel = await forward(peer, clock, lambda _group: now - timedelta(days=9))
    async with running(channel) as heard:
        await heard.message()
    assert heard.texts == ["23 小时前"]


async def test_a_long_gap_is_read_page_by_page(peer: Peer) -> None:
    clock = HeldClock()
    start = clock.now() - timedelta(hours=1)
    for number in range(250):
        await peer.say(20002000, f"{number}", group=GROUP, at=seconds(start) + number)
    channel = await forward(peer, clock, lambda _group: start - timedelta(minutes=1))
    async with running(channel) as heard:
        await heard.message(250)
    assert heard.texts == [str(number) for number in range(250)]
    assert not repeated(heard)


async def test_of_a_gap_without_end_the_newest_part(peer: Peer, logged: list[str]) -> None:
    clock = HeldClock()
    start = clock.now() - timedelta(hours=1)
    for number in range(600):
        await peer.say(20002000, f"{number}", group=GROUP, at=seconds(start) + number)
    channel = await forward(peer, clock, lambda _group: start)
    async with running(channel) as heard:
        await heard.says("599")
    assert heard.texts == [str(number) for number in range(104, 600)]  # pages share their ends
    assert len([line for line in logged if "错过的消息太多" in line]) == 1


@pytest.mark.parametrize(("reply", "calls"), [(failed(1404), 1), (failed(404), 1), (SILENCE, 2)])
async def test_an_implementation_without_history(peer: Peer, reply: Reply, calls: int) -> None:
    peer.answer(HISTORY, reply)
    clock = HeldClock()
    channel = await forward(peer, clock, lambda _group: clock.now(), patience=BRIEF)
    async with running(channel) as heard:
        for number in range(2):
            await peer.until(lambda: peer.connected)
            await peer.say(20002000, f"第 {number} 次", group=GROUP)
            await heard.message(number + 1)
            await peer.hang_up()
    assert heard.texts == ["第 0 次", "第 1 次"]
    assert len(peer.calls(HISTORY)) == calls


async def test_a_gap_that_could_not_be_filled_is_filled_by_the_next_connection(peer: Peer) -> None:
    clock = HeldClock()
    async with running(await forward(peer, clock, patience=BRIEF)) as heard:
        now = await lost(peer, clock, heard)
        await peer.say(20002000, "#need 错过的", group=GROUP, at=now + 1)
        peer.answer(HISTORY, SILENCE)
        await clock.hold_from(100)
        await peer.asked(HISTORY)
        await peer.say(20002000, "回来以后", group=GROUP, at=now + 2)
        await heard.says("回来以后")
        peer.answer(HISTORY, lambda params: peer.stock.answer(HISTORY, params))
        await peer.hang_up()
        await heard.says("#need 错过的")


@pytest.mark.parametrize("trouble", [SILENCE, failed(1200)])
async def test_what_could_not_be_fetched_is_asked_for_again_some_minutes_later(
    peer: Peer, trouble: Reply
) -> None:
    clock = HeldClock()
    start = clock.now()
    await peer.say(20002000, "#need 错过的", group=GROUP, at=seconds(start) - 5)
    peer.answer(HISTORY, trouble)
    since = start - timedelta(minutes=1)
    channel = await forward(peer, clock, lambda _group: since, patience=BRIEF)
    async with running(channel) as heard:
        await peer.asked(HISTORY)
        await peer.say(20002000, "早", group=GROUP, at=seconds(start))
        await heard.says("早")
        peer.answer(HISTORY, lambda params: peer.stock.answer(HISTORY, params))
        await peer.say(20002000, "还早", group=GROUP, at=seconds(start))
        await heard.says("还早")
        assert len(peer.calls(HISTORY)) == 1
        clock.advance(timedelta(minutes=4))
        await peer.emit(payloads.heartbeat(peer.number, seconds(clock.now())))
        await heard.says("#need 错过的")


async def test_what_cannot_be_fetched_is_not_asked_for_without_end(peer: Peer) -> None:
    clock = HeldClock()
    peer.answer(HISTORY, SILENCE)
    a_minute = timedelta(minutes=1)
    channel = await forward(peer, clock, lambda _group: clock.now() - a_minute, patience=BRIEF)
    async with running(channel) as heard:
        for number in range(6):
            await peer.asked(HISTORY, count=min(number + 1, 4))
            await peer.say(20002000, f"{number}，没等到", group=GROUP)
            await heard.says(f"{number}，没等到")
            clock.advance(timedelta(minutes=4))
            await peer.say(20002000, f"{number}，再来", group=GROUP)
            await heard.says(f"{number}，再来")
    assert len(peer.calls(HISTORY)) == 4


async def test_a_group_without_history_does_not_stop_the_others(peer: Peer) -> None:
    clock = HeldClock()
    channel = OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=["onebot:777", f"onebot:{GROUP}"],
        since=lambda _group: clock.now() - timedelta(hours=1),
        clock=clock,
    )
    await peer.say(20002000, "错过的", group=GROUP, at=seconds(clock.now()) - 60)
    async with running(channel) as heard:
        await heard.message()
    assert heard.texts == ["错过的"]


async def test_what_overflows_is_read_from_the_history(peer: Peer, logged: list[str]) -> None:
    clock = HeldClock()
    channel = OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=[f"onebot:{GROUP}"],
        clock=clock,
        backlog=5,
    )
    async with running(channel) as heard:
        await heard.until(lambda: heard.updates)
        async with heard.shut():
            for number in range(20):
                await peer.say(20002000, f"{number}", group=GROUP)
            # The answer comes behind all those events, and does not have to wait for them.
            assert (await channel.perform(words("收到"))).state == "sent"
        await heard.until(lambda: {str(number) for number in range(20)} <= set(heard.texts))
        await peer.say(20002000, "以后", group=GROUP)
        await heard.says("以后")
        await peer.say(20002000, "再以后", group=GROUP)
        await heard.says("再以后")
    first_pages = [call for call in peer.calls(HISTORY) if "message_seq" not in call.params]
    assert len(first_pages) == 1
    assert len([line for line in logged if "补取" in line]) == 1


async def test_what_overflowed_is_read_though_what_came_later_found_room(peer: Peer) -> None:
    clock, allowed, heard = HeldClock(), asyncio.Semaphore(0), Heard()
    channel = OneBot(
        access_token=TOKEN,
        url=await peer.listen(),
        groups=[f"onebot:{GROUP}"],
        clock=clock,
        backlog=4,
    )

    async def feed(update: Update) -> None:
        if isinstance(update, Message):
            await allowed.acquire()
        await heard.feed(update)

    running = asyncio.create_task(channel.run(feed))
    await heard.until(lambda: heard.updates)
    for number in range(12):
        await peer.say(20002000, f"{number}", group=GROUP, at=seconds(clock.now()))
    await channel.perform(words("收到"))  # the answer comes behind all those events
    allowed.release()
    await heard.message()
    await peer.say(20002000, "以后", group=GROUP, at=seconds(clock.now()) + 300)
    await channel.perform(words("收到"))
    for _ in range(100):
        allowed.release()
    await heard.until(lambda: {str(number) for number in range(12)} <= set(heard.texts))
    running.cancel()
    await asyncio.wait([running])
