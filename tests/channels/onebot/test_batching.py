"""Updates on their way into the inbox."""

import asyncio

import pytest

from bot.channels.onebot import OneBot
from bot.channels.onebot.batching import Batcher
from community.updates import Message, Update
from tests.bot.people import message
from tests.channels.hearing import Heard
from tests.channels.onebot.bench import GROUP, TOKEN
from tests.onebot_peer import Peer

pytestmark = pytest.mark.anyio


class Door:
    """Takes updates, and keeps each waiting until the test lets it in, or fails it."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.safe: list[str] = []
        self.waits: dict[str, asyncio.Future[None]] = {}

    async def feed(self, update: Update) -> None:
        """Note it, and wait."""
        self.given.append(update.key)
        self.waits[update.key] = asyncio.get_running_loop().create_future()
        await self.waits[update.key]

    def note(self, update: Update) -> None:
        """It is said to be safe."""
        self.safe.append(update.key)

    def let_in(self, *keys: str) -> None:
        """These are stored."""
        for key in keys:
            self.waits[key].set_result(None)


async def turn() -> None:
    """Let all that can go on do so."""
    for _ in range(10):
        await asyncio.sleep(0)


async def put(passing: Batcher, *keys: str) -> None:
    for key in keys:
        await passing.put(message(key=key))
    await turn()


async def test_those_behind_need_not_wait_for_the_first() -> None:
    door = Door()
    passing = Batcher(door.feed, door.note)
    assert not passing
    await put(passing, "a", "b", "c")
    assert door.given == ["a", "b", "c"]
    assert passing
    door.let_in("c", "b")
    await turn()
    assert door.safe == []  # what came before them could still be lost
    door.let_in("a")
    await passing.drain()
    assert door.safe == ["a", "b", "c"]
    assert not passing


async def test_only_so_many_are_on_their_way() -> None:
    door = Door()
    passing = Batcher(door.feed, door.note, max_in_flight=2)
    putting = asyncio.create_task(put(passing, "a", "b", "c"))
    await turn()
    assert door.given == ["a", "b"]
    door.let_in("b")
    await turn()
    assert door.given == ["a", "b"]  # it waits to be told of: the order is kept
    door.let_in("a")
    await putting
    assert door.given == ["a", "b", "c"]
    passing.cancel()


async def test_one_that_fails_costs_no_other(logged: list[str]) -> None:
    door = Door()
    passing = Batcher(door.feed, door.note)
    await put(passing, "a", "b", "c")
    door.waits["b"].set_exception(ValueError("张三"))
    door.let_in("a", "c")
    await passing.drain()
    assert door.safe == ["a", "c"]
    assert [line.strip() for line in logged] == ["ERROR OneBot：一条消息没能处理（ValueError）"]


async def test_who_leaves_waits_for_nothing() -> None:
    door = Door()
    passing = Batcher(door.feed, door.note)
    await put(passing, "a", "b")
    passing.cancel()
    await passing.drain()
    assert door.safe == []


async def test_what_a_group_says_at_once_reaches_the_inbox_at_once(peer: Peer) -> None:
    channel = OneBot(access_token=TOKEN, url=await peer.listen(), groups=[f"onebot:{GROUP}"])
    heard, gathered, all_of_them = Heard(), [], asyncio.Event()

    async def feed(update: Update) -> None:
        if isinstance(update, Message):
            gathered.append(update.text)
            if len(gathered) == 3:
                all_of_them.set()
            await all_of_them.wait()
        await heard.feed(update)

    running = asyncio.create_task(channel.run(feed))
    await heard.until(lambda: heard.updates)  # the member list
    for text in ("一", "二", "三"):
        await peer.say(20002000, text, group=GROUP)
    await heard.message(3)
    assert gathered == ["一", "二", "三"]
    running.cancel()
    await asyncio.wait([running])
