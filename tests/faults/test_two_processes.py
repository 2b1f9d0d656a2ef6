"""Two accounts sit in the same groups, and each is run by another process on one PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest
from sqlmodel import col, select

from bot.app import App
from matching import Analyser
from storage.database import Database
from storage.presence import lease_of
from storage.tables import Inbox, Post
from tests.faults.conftest import ADMIN, GROUP, HastyClock, know_who_sits_there, wired
from tests.living import living
from tests.onebot_peer import Peer
from tests.onebot_peer.payloads import Segment, at, text

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]

ASK = "#我的"
NEWCOMER = 77
MOMENT = 0.3  # seconds that one leaves the other


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


@dataclass
class Two:
    """Both accounts, each with its process."""

    sides: tuple[tuple[Peer, App], tuple[Peer, App]]
    database: Database
    time: int = field(default_factory=lambda: int(time.time()) - 60)

    @property
    def peers(self) -> tuple[Peer, Peer]:
        """The accounts."""
        return self.sides[0][0], self.sides[1][0]

    async def say(self, words: str | list[Segment], *, seconds: int = 1) -> tuple[int, int]:
        """Somebody speaks in the group: the second one hears it before the first one. The ids."""
        self.time += seconds
        second, first = [
            await one.say(1, words, group=GROUP, at=self.time) for one in reversed(self.peers)
        ]
        return first, second

    async def answers(self) -> tuple[int, int]:
        """How much each has said in the group, once all is handled that either was told."""
        for friend, peer in enumerate(self.peers, 2):
            await _answered(peer, friend)
        for _, app in self.sides:
            await app.settle()
        first, second = (len(one.calls("send_group_msg")) for one in self.peers)
        return first, second

    async def said(self, count: int) -> None:
        """Wait until both together have said so much in the group, and no more."""
        waiting = [
            asyncio.create_task(one.until(lambda: self._said() >= count)) for one in self.peers
        ]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()
        assert sum(await self.answers()) == count

    def _said(self) -> int:
        return sum(len(one.calls("send_group_msg")) for one in self.peers)

    def stored(self, kind: str) -> list[str]:
        """By which accounts, in order."""
        with self.database.read() as session:
            rows = select(Inbox.channel).where(col(Inbox.key).startswith(f"{kind}:"))
            return list(session.exec(rows.order_by(col(Inbox.id))))


async def _answered(peer: Peer, friend: int) -> None:
    """What somebody asks in private after all else is answered, perhaps by the other process."""
    await peer.until(lambda: peer.connected)
    count = len(peer.calls("send_private_msg"))
    await peer.say(friend, ASK)
    await peer.asked("send_private_msg", count=count + 1)


@pytest.fixture
async def two(
    database: Database,
    analyser: Analyser,
    peer: Peer,
    second: Peer,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Two]:
    """Both are configured in both processes; none takes the account of the other."""
    monkeypatch.setattr("bot.coordination.leases.ROUND_INTERVAL", 600.0)
    peers = (peer, second)
    urls = [await one.listen() for one in peers]

    async def start() -> App:
        clock = HastyClock(MOMENT)
        return await running.enter_async_context(
            wired(database, analyser, *peers, urls=urls, clock=clock)
        )

    async with AsyncExitStack() as running:
        with living(database, lease_of(f"onebot {urls[1]}")):
            apps = [await start()]
            await know_who_sits_there(peer)
        apps.append(await start())
        await know_who_sits_there(second)
        two = Two(((peer, apps[0]), (second, apps[1])), database)
        await two.answers()  # and the lists are stored
        yield two


async def test_each_command_is_answered_once_and_by_the_same_account(two: Two) -> None:
    for words in (ASK, [at(two.peers[1].number), text(ASK)], ASK):
        await two.say(words)
    await two.say(ASK, seconds=0)  # twice in one second
    await two.said(4)
    first, second = await two.answers()
    for sent in two.peers[0].calls("send_group_msg"):  # which the other one hears
        await two.peers[1].say(two.peers[0].number, f"#求 {sent.text}", group=GROUP)
    assert await two.answers() == (first, second)


async def test_who_comes_and_goes(two: Two) -> None:
    for one in two.peers:
        await one.admit(NEWCOMER, group=GROUP)
    await two.answers()
    assert len(two.stored("group_increase")) == 1
    about = {"group_id": GROUP, "user_id": NEWCOMER, "operator_id": ADMIN}
    for one in two.peers:
        seats = one.stock.members[GROUP]
        one.stock.members[GROUP] = [seat for seat in seats if seat["user_id"] != NEWCOMER]
    for one in two.peers:
        await one.notify("group_decrease", sub_type="kick", **about)
    await two.answers()
    assert len(two.stored("group_decrease")) == 1
    told = [one for peer in two.peers for one in peer.calls("send_private_msg")]
    assert len([one for one in told if "没有经过审核" in one.text]) == 1


async def test_what_is_taken_back(two: Two) -> None:
    ids = await two.say("#求 找一位会报税的会计")
    await two.said(1)
    for one, said in zip(two.peers, ids, strict=True):
        await one.recall(said)
    await two.answers()
    with two.database.read() as session:
        assert [post.state for post in session.exec(select(Post))] == ["undone"]


async def test_while_one_is_muted_the_other_one_answers(two: Two) -> None:
    await two.say(ASK)
    await two.said(1)
    before = await two.answers()
    speaker = two.peers[before.index(1)]
    about = {"group_id": GROUP, "user_id": speaker.number, "operator_id": ADMIN}
    await speaker.notify("group_ban", sub_type="ban", duration=600, **about)
    await two.answers()
    for _ in range(3):
        await two.say(ASK)
    await two.said(4)
    assert len(speaker.calls("send_group_msg")) == 1
