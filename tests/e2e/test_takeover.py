"""Three processes share two QQ accounts on one PostgreSQL, and die one after the other.

``LAOYOU_TAKEOVER_SECONDS=120`` lets it go on for longer than the default.
"""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from itertools import count, cycle
from time import monotonic

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.presence import lock_holders
from storage.tables import Inbox, Outbox, Post
from tests.conftest import NewUrl
from tests.e2e.conftest import NewBot, NewPeer
from tests.e2e.process import QUICK, Laoyou
from tests.e2e.wishes import wish
from tests.onebot_peer import Peer
from tests.onebot_peer.requests import Request

pytestmark = [pytest.mark.anyio, pytest.mark.process, pytest.mark.postgres]

SECONDS = float(os.environ.get("LAOYOU_TAKEOVER_SECONDS", "6"))
COMMUNITIES = 20
MEMBERS = 5
BREATHER = 1.0  # seconds between the start of one process and the end of the next
BEAT = 0.1  # between two commands
LONGEST = 30.0  # an account may be without a process; what is taken up by a sweep waits a minute
FIRST_GROUP = 600500


class Town:
    """Twenty groups on two accounts, and what was said in them."""

    def __init__(self, peers: tuple[Peer, Peer]) -> None:
        self.peers = peers
        self.groups = {FIRST_GROUP + n: peers[n % 2] for n in range(COMMUNITIES)}
        self.said: dict[int, list[str]] = {group: [] for group in self.groups}
        self._numbers = count()
        for group, peer in self.groups.items():
            for user in (peer.number, *range(1, MEMBERS + 1)):
                peer.seat(group, user, f"成员{user}", card=f"成员{user}")

    async def say(self, group: int) -> None:
        """A command."""
        n = next(self._numbers)
        said = await self.groups[group].say(n % MEMBERS + 1, wish(n), group=group)
        self.said[group].append(str(said))

    async def talk(self) -> None:
        """Until cancelled, in one group after the other."""
        for group in cycle(self.groups):
            await self.say(group)
            await asyncio.sleep(BEAT)

    async def all_answered(self) -> None:
        """Everything that was said."""
        for peer in self.peers:
            await peer.until(partial(self.answered, peer))

    def answered(self, peer: Peer) -> bool:
        """Everything that was said to one account."""
        asked = {
            (group, said) for group, all_ in self.said.items() for said in all_
            if self.groups[group] is peer
        }  # fmt: skip
        return asked <= set(answers(peer))


async def test_processes_die_and_nothing_is_lost(
    new_bot: NewBot, new_peer: NewPeer, new_url: NewUrl
) -> None:
    url = new_url("postgres", migrated=True)
    town = Town((new_peer(number=10001000), new_peer(number=10002000)))
    urls = [await peer.listen() for peer in town.peers]
    bots = [new_bot(f"bot{n}", **config(url, urls, town)) for n in range(3)]
    await started(bots[0])  # it stores the communities
    await asyncio.gather(*(started(bot) for bot in bots[1:]))
    for group in town.groups:
        await town.say(group)
    await town.all_answered()

    kills = 0
    async with watched(town.peers) as away:
        talking = asyncio.create_task(town.talk())
        end = monotonic() + SECONDS
        for bot in cycle(bots):
            if kills >= len(bots) and monotonic() > end:
                break
            await bot.kill()
            kills += 1
            await started(bot)
            await asyncio.sleep(BREATHER)
        talking.cancel()
        await asyncio.wait((talking,))
        await town.all_answered()
    assert len(holders(url)) == 2 + 3  # two accounts and three processes
    assert await asyncio.gather(*(bot.stop() for bot in bots)) == [0, 0, 0]

    report = judge(town, kills, away)
    sys.stdout.write(report)
    stored_well(url, town)
    assert all("Traceback" not in bot.log for bot in bots)


async def started(bot: Laoyou) -> None:
    """Until it is at work."""
    await bot.start()
    await bot.logs("已启动")


def config(url: str, urls: list[str], town: Town) -> dict[str, object]:
    """The same for all processes."""
    return {
        "database": url,
        "channels": [
            {"type": "onebot", "url": one, "access_token": "${ONEBOT_TOKEN}"} for one in urls
        ],
        "communities": [
            {"id": f"c{group}", "name": f"社群{group}", "groups": [f"onebot:{group}"]}
            for group in town.groups
        ],
        "limits": {"posts_per_day": 0, "commands_per_minute": 0},
        "outbox": QUICK,
        "web": {"listen": "127.0.0.1:0"},
    }


@asynccontextmanager
async def watched(peers: tuple[Peer, Peer]) -> AsyncIterator[list[float]]:
    """For how long an account was without a process, each time; and never with two."""
    away: list[float] = []

    async def watch(peer: Peer) -> None:
        while True:
            await peer.wait(lambda: peer.connected != 1)
            assert peer.connected == 0, "two processes run one account"
            began = monotonic()
            await peer.wait(lambda: peer.connected)
            away.append(monotonic() - began)

    tasks = [asyncio.create_task(watch(peer)) for peer in peers]
    yield away
    for task in tasks:
        assert not task.done(), task.exception()
        task.cancel()
    await asyncio.wait(tasks)


def judge(town: Town, kills: int, away: list[float]) -> str:
    """Everything was answered, in order, and what came twice was in flight."""
    twice = 0
    for peer in town.peers:
        found = answers(peer)
        for group in (group for group, its in town.groups.items() if its is peer):
            heard = [said for where, said in found if where == group]
            times = Counter(heard)
            assert list(times) == town.said[group]  # a Counter keeps the order of the first ones
            assert sum(times.values()) - len(times) <= kills
            assert max(times.values()) <= 2
            twice += sum(times.values()) - len(times)
    assert away, "no kill has hit a holder"
    assert max(away) <= LONGEST
    commands = sum(map(len, town.said.values()))
    waits = ", ".join(f"{seconds:.1f}" for seconds in sorted(away))
    return f"{commands} commands, {kills} kills, {twice} answered twice; away for {waits} s\n"


def stored_well(url: str, town: Town) -> None:
    """One post for each command, and nothing is left to do."""
    with closing(Database(url)) as database, database.read() as session:
        posts = session.exec(select(Post.text)).all()
        assert len(posts) == len(set(posts)) == sum(map(len, town.said.values()))
        commands = select(Inbox).where(col(Inbox.key).startswith("group:"))
        assert not session.exec(commands.where(Inbox.state != "done")).all()
        assert not session.exec(select(Outbox).where(Outbox.state != "sent")).all()


def holders(url: str) -> dict[int, str]:
    """Who holds what."""
    with closing(Database(url)) as database, database.read() as session:
        return lock_holders(session)


def answers(peer: Peer) -> list[tuple[int, str]]:
    """Group and message of each answer, in order."""
    return [(group_of(one), data["id"]) for one in spoken(peer) for data in one.data("reply")]


def spoken(peer: Peer) -> list[Request]:
    """What was said in groups."""
    return peer.calls("send_group_msg")


def group_of(request: Request) -> int:
    """Where it was said."""
    return int(request.params["group_id"])
