"""Two QQ accounts sit in one group, each runs in a process of its own, and one process dies."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import count

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Arrival, Inbox, Outbox, Post
from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK, Laoyou
from tests.e2e.wishes import answered, wish
from tests.onebot_peer import Peer
from tests.ports import port_of, reserved

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.postgres]

GROUP = 600400
MEMBERS = 5
NUMBERS = (10001000, 10002000)
FEW = 6


@dataclass
class Side:
    """An account, and the process that its implementation dials."""

    peer: Peer
    bot: Laoyou
    url: str

    async def start(self) -> None:
        """The process, and the connection to it."""
        await self.bot.start()
        await self.bot.logs("已启动")
        lists = len(self.peer.calls("get_group_member_list"))
        await self.peer.dial(self.url)
        await self.peer.asked("get_group_member_list", count=lists + 1)


@dataclass
class Pair:
    """Both, and what was said in the group."""

    sides: tuple[Side, Side]
    database: str
    ids: dict[str, int] = field(default_factory=dict)  # of either copy, to what was said
    time: int = field(default_factory=lambda: int(time.time()) - 600)
    _numbers: "count[int]" = field(default_factory=count)

    async def say(self, *, pause: float = 1) -> None:
        """A command, heard by both; now one is the first to hear it, and now the other."""
        n = next(self._numbers)
        self.time += round(pause)
        peers = [side.peer for side in self.sides]
        for peer in peers if n % 2 else reversed(peers):
            said = await peer.say(n % MEMBERS + 1, wish(n), group=GROUP, at=self.time)
            self.ids[str(said)] = n

    def answers(self) -> Counter[int]:
        """How often each command was answered."""
        found: Counter[int] = Counter()
        for side in self.sides:
            for said, times in answered(side.peer).items():
                found[self.ids[said]] += times
        return found

    async def all_answered(self) -> None:
        """All that was said."""
        waiting = [asyncio.create_task(side.peer.until(self._done)) for side in self.sides]
        ended, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in others:
            one.cancel()
        for one in ended:
            one.result()

    def _done(self) -> bool:
        return self.answers().keys() == set(self.ids.values())

    def said(self, side: Side) -> int:
        """How much an account has said in the group."""
        return len(side.peer.calls("send_group_msg"))


@pytest.fixture
async def pair(new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl) -> AsyncIterator[Pair]:
    """Nothing runs yet."""
    url = new_url("postgres", migrated=True)
    with ExitStack() as ports:
        sides = []
        for at, number in enumerate(NUMBERS):
            peer = new_peer(number=number)
            peer.stock.next_id = 10_000 * (at + 1)
            for user in (*NUMBERS, *range(1, MEMBERS + 1)):
                peer.seat(GROUP, user, f"成员{user}", card=f"成员{user}")
            port = port_of(ports.enter_context(reserved()))
            bot = new_bot(f"bot{at}", **config(url, port))
            sides.append(Side(peer, bot, f"ws://127.0.0.1:{port}/onebot/v11/ws"))
        yield Pair((sides[0], sides[1]), url)


def config(url: str, port: int) -> dict[str, object]:
    return {
        "database": url,
        "channels": [{"type": "onebot", "access_token": "${ONEBOT_TOKEN}"}],
        "communities": [{"id": "c", "name": "社群", "groups": [f"onebot:{GROUP}"]}],
        "limits": {"posts_per_day": 0, "commands_per_minute": 0},
        "outbox": QUICK,
        "web": {"listen": f"127.0.0.1:{port}"},
    }


async def test_each_command_is_answered_once_also_when_a_process_dies(pair: Pair) -> None:
    for side in pair.sides:
        await side.start()
    for _ in range(FEW):
        await pair.say()
    await pair.say(pause=0)
    await pair.all_answered()
    assert set(pair.answers().values()) == {1}
    other, speaker = sorted(pair.sides, key=pair.said)
    assert pair.said(other) < pair.said(speaker)
    for sent in speaker.peer.calls("send_group_msg"):  # which the other one hears
        await other.peer.say(speaker.peer.number, sent.text, group=GROUP)

    for _ in range(FEW):
        await pair.say()
    await speaker.bot.kill()
    for _ in range(FEW):
        await pair.say()
    await pair.all_answered()
    assert sum(pair.answers().values()) <= len(pair.answers()) + 1  # one was being sent

    before = pair.answers()
    asked = len(speaker.peer.calls("get_group_msg_history"))
    await speaker.start()
    await speaker.peer.asked("get_group_msg_history", count=asked + 1)
    for _ in range(FEW):
        await pair.say()
    await pair.all_answered()
    assert await asyncio.gather(*(side.bot.stop() for side in pair.sides)) == [0, 0]
    after = pair.answers()
    assert {n: after[n] for n in before} == before
    assert all(times == 1 for n, times in after.items() if n not in before)
    look_into(pair)


def look_into(pair: Pair) -> None:
    """Each command is one post; no account of the bot is taken for a member."""
    with closing(Database(pair.database)) as database, database.read() as session:
        posts = session.exec(select(Post.text)).all()
        assert len(posts) == len(set(posts)) == len(pair.answers())
        commands = select(Inbox).where(col(Inbox.key).startswith("group:"))
        assert not session.exec(commands.where(Inbox.state != "done")).all()
        assert len(session.exec(commands).all()) == len(posts)
        assert not session.exec(select(Outbox).where(Outbox.state != "sent")).all()
        assert len(session.exec(select(Outbox)).all()) == len(posts)  # nothing else was said
        assert not session.exec(select(Arrival)).all()
    assert all("Traceback" not in side.bot.log for side in pair.sides)
