"""The bots of tests/bot, in trouble, and a bot that speaks to a real OneBot peer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal
from sqlmodel import col, select

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.onebot import OneBot
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.start import LastHeard, account_pool
from bot.stored_quotes import StoredQuotes
from community.rules import Limits
from community.settings import Settings
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.tables import Outbox
from tests.bot.conftest import channel, feature, log, make_app
from tests.onebot_peer import Peer
from tests.onebot_peer.peer import PATIENCE
from tests.web.world import World

__all__ = ("channel", "feature", "log", "make_app")

GROUP, OTHER = 600700, 600800
ADMIN = 9
MEMBERS = (1, 2, 3)


class HastyClock:
    """The real time; nobody sleeps for longer than this."""

    def __init__(self, longest: float = 0.02) -> None:
        self._longest = longest

    def now(self) -> datetime:
        """The time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """A moment."""
        await asyncio.sleep(min(seconds, self._longest))


@dataclass
class Wire:
    """A bot with all its features, the account it runs, and what it has stored."""

    peer: Peer
    app: App
    database: Database

    async def answered(self, *messages: int, times: int = 1) -> None:
        """Wait until each of these messages was answered so often."""
        await self.peer.until(
            lambda: all(self.quotes().count(str(one)) >= times for one in messages)
        )

    def quotes(self) -> list[str]:
        """The messages that were answered, in order."""
        sends = self.peer.calls("send_group_msg", "send_group_forward_msg")
        return [str(data["id"]) for one in sends for data in one.data("reply")]

    async def states(self) -> list[str]:
        """How the answers ended, once the bot has come to rest."""
        await self.app.settle()
        with self.database.read() as session:
            return list(session.exec(select(Outbox.state).order_by(col(Outbox.id))))


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    """Two groups of one account."""
    peer = Peer()
    for group in (GROUP, OTHER):
        for user in (peer.number, ADMIN, *MEMBERS):
            peer.seat(group, user, f"成员{user}", card=f"成员{user}")
    yield peer
    await peer.close()


@pytest.fixture
async def second(peer: Peer) -> AsyncIterator[Peer]:
    """Another account in both groups, which has ids of its own."""
    second = Peer(number=10002000)
    second.stock.next_id = 5000
    for group in (GROUP, OTHER):
        peer.seat(group, second.number, "备用")
        for user in (peer.number, second.number, ADMIN, *MEMBERS):
            second.seat(group, user, f"成员{user}", card=f"成员{user}")
    yield second
    await second.close()


async def know_who_sits_there(*peers: Peer) -> None:
    """The bot has asked each account who sits in its groups."""
    for one in peers:
        await one.asked("get_group_member_list", count=2)


@asynccontextmanager
async def wired(
    database: Database,
    analyser: Analyser,
    *peers: Peer,
    patience: float = 10.0,
    urls: Sequence[str] = (),
    clock: HastyClock | None = None,
) -> AsyncIterator[App]:
    """A bot that dials these accounts, and both groups are one community's.

    It waits ``patience`` seconds for each answer of theirs. ``urls``: where they listen already,
    for this bot and another one.
    """
    clock = clock or HastyClock()
    groups = tuple(f"onebot:{group}" for group in (GROUP, OTHER))
    pool = account_pool(database, groups=groups, clock=clock)
    urls = urls or [await peer.listen() for peer in peers]
    channels = [
        OneBot(
            access_token=peer.token,
            url=url,
            groups=groups,
            clock=clock,
            timeout=patience,
            sole=len(peers) == 1,
            pool=pool,
            since=LastHeard(database),
            quote_store=StoredQuotes(database),
        )
        for peer, url in zip(peers, urls, strict=True)
    ]
    app = App(
        Dependencies(
            database=database,
            settings=(
                Settings(
                    id="c", name="社群", groups=groups, admins=frozenset({f"onebot:{ADMIN}"}),
                    limits=Limits(posts_per_day=0, commands_per_minute=0),
                ),
            ),
            channels=channels,
            features=discover(),
            analysers=Analysers(analyser),
            clock=clock,
            outbox=OutboxConfig(min_interval=0, per_hour=0),
        )
    )  # fmt: skip
    await app.start()
    stop = asyncio.Event()
    serving = asyncio.create_task(app.serve(stop))
    try:
        yield app
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await serving


@pytest.fixture
def patience() -> float:
    """How many seconds the bot waits for an answer of the account."""
    return 10.0


@pytest.fixture
async def wire(
    database: Database, analyser: Analyser, peer: Peer, patience: float
) -> AsyncIterator[Wire]:
    """The bot has dialled the account."""
    async with wired(database, analyser, peer, patience=patience) as app:
        await know_who_sits_there(peer)
        yield Wire(peer, app, database)


@pytest.fixture
def world(database: Database, analyser: Analyser, tmp_path: Path, portal: BlockingPortal) -> World:
    """Pages; queries are tested on both databases, where they live."""
    return World(database, analyser, tmp_path, portal)
