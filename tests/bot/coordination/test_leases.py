"""Several processes on one PostgreSQL: who runs a chat account, and who takes up what is left."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.coordination.held_channels import HeldChannel, HeldChannels
from bot.coordination.leases import LeaseCallbacks, Leases
from bot.coordination.recovery import ORPHAN_AGE, Recovery
from community.actions import Send, Text, dump_action
from community.updates import dump_update, lane_of
from storage.database import Database
from storage.listen_connection import ListenConnection, LostError
from storage.presence import lease_of, lock_holders
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.inbox import Received
from storage.tables import Inbox, Outbox
from tests.bot.channels import Playing, forever
from tests.bot.conftest import MakeApp
from tests.bot.people import GROUP, message
from tests.fakes import START, FakeChannel, FakeClock

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]

SOON = 60.0  # seconds until a test that hangs fails
ADDRESS = "ws://127.0.0.1:3001/"
LEASE = lease_of(f"onebot {ADDRESS}")


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.coordination.leases.ROUND_INTERVAL", 0.05)
    monkeypatch.setattr("bot.coordination.leases.RETRY_DELAY", 0.02)


@dataclass
class Process:
    """What a process is to the others, and what it was asked to do."""

    database: Database
    alone: bool = False
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        async def take_over(lease: int) -> None:
            assert lease == LEASE
            assert not self.held_channel.held.is_set()
            self.done.append("taken over")

        async def adopt() -> bool:
            return self.alone

        async def wake_all() -> None:
            self.done.append("woken")

        work = LeaseCallbacks(take_over=take_over, adopt=adopt, wake_all=wake_all, wake=self._heard)
        self.leases = Leases(self.database, work)
        self.held_channels = HeldChannels(
            [FakeChannel(address=ADDRESS)], instance_id=self.leases.instance_id
        )
        self.called = asyncio.Event()

    def _heard(self, lanes: set[str]) -> None:
        self.done.extend(sorted(lanes))
        if lanes:
            self.called.set()

    @property
    def held_channel(self) -> HeldChannel:
        return self.held_channels.all[0]

    async def begin(self) -> None:
        await self.leases.connect()
        self.leases.start(self.held_channels)

    async def holds(self) -> None:
        async with asyncio.timeout(SOON):
            await self.held_channel.held.wait()


@pytest.fixture
async def processes(database: Database) -> AsyncIterator[list[Process]]:
    """Two of them; the first holds the account."""
    both = [Process(database), Process(database)]
    for one in both:
        await one.begin()
        await both[0].holds()
    yield both
    for one in both:
        await one.leases.stop(one.held_channels)


def call(database: Database) -> None:
    """Another process, which sends nothing itself, puts something out."""
    other = Database(database.url)
    with other.begin() as session:
        outbox.put(session, lane="onebot:5", action="{}", now=START)
    other.close()


async def called(process: Process, database: Database) -> None:
    """It hears the others: its connection works, maybe a new one."""
    async with asyncio.timeout(SOON):
        while not process.called.is_set():
            await asyncio.to_thread(call, database)
            await asyncio.wait((asyncio.create_task(process.called.wait()),), timeout=0.05)


def terminate(database: Database) -> None:
    """End the connection of whoever holds the account."""
    with database.begin() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND objid = :lease"
            ),
            {"lease": LEASE},
        )


async def test_a_clean_end_hands_the_account_over_at_once(
    processes: list[Process], log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.coordination.leases.ROUND_INTERVAL", 60.0)
    first, second = processes
    assert not second.held_channel.held.is_set()
    await first.leases.stop(first.held_channels)
    await second.holds()
    assert not first.held_channel.held.is_set()
    assert second.done[:2] == ["taken over", "woken"]
    assert "账号已交还" in log.getvalue()
    assert log.getvalue().count("账号由这个进程") == 1


async def test_who_cannot_come_back_stops_and_another_begins(
    processes: list[Process], database: Database, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    async def refused(_mark: int) -> None:
        raise LostError

    first, second = processes
    monkeypatch.setattr("bot.coordination.leases.LEASE_TIMEOUT", 0.1)
    monkeypatch.setattr(first.leases, "_connect", refused)
    await asyncio.to_thread(terminate, database)
    async with asyncio.timeout(SOON):
        await first.held_channel.lost.wait()
    await second.holds()
    assert not first.held_channel.held.is_set()
    assert "账号不再由这个进程运行" in log.getvalue()


async def test_who_is_alone_holds_on_for_as_long_as_it_takes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.coordination.leases.LEASE_TIMEOUT", 0.0)
    one = Process(database, alone=True)
    await one.begin()
    await one.holds()
    await called(one, database)
    await asyncio.to_thread(terminate, database)
    one.called.clear()
    await called(one, database)
    assert not one.held_channel.lost.is_set()
    assert one.done.count("taken over") == 1
    await one.leases.stop(one.held_channels)


async def test_lanes_that_others_call_out_are_woken(
    processes: list[Process], database: Database
) -> None:
    for one in processes:
        await called(one, database)
        assert one.done[-1] == "onebot:5"


async def test_only_who_holds_the_account_runs_and_sends(
    make_app: MakeApp, database: Database
) -> None:
    channels = [Playing(address=ADDRESS, play=forever) for _ in range(2)]
    apps = [make_app(channels=[channel]) for channel in channels]
    stops = [asyncio.Event(), asyncio.Event()]
    async with asyncio.TaskGroup() as serving:
        for app, stop in zip(apps, stops, strict=True):
            await app.start()
            serving.create_task(app.serve(stop))
            await until(lambda: channels[0].runs == 1)
        await asyncio.to_thread(promise, database, "一")
        await until(lambda: channels[0].texts == ["一"])
        apps[1].wake({GROUP})
        await apps[1].settle()
        stops[0].set()
        await until(lambda: channels[1].runs == 1)
        await asyncio.to_thread(promise, database, "二")
        await until(lambda: channels[1].texts == ["二"])
        stops[1].set()
    with database.read() as session:
        assert set(session.exec(select(Outbox.tries))) == {1}


class TestEstate:
    """What the dead leave."""

    @pytest.fixture
    async def recovery(self, database: Database, clock: FakeClock) -> Recovery:
        """That of the process 2, once the server knows that those of other tests have gone."""
        await until(lambda: not holders(database))
        return Recovery(database, clock, instance_id=2, own_numbers=lambda: {2, LEASE})

    async def test_the_dead_are_missed_twice_before_they_are_taken_for_dead(
        self, recovery: Recovery, database: Database
    ) -> None:
        left(database, holder=4)
        assert recovery.adopt_dead() == (True, [])
        assert [lane for _, lane in recovery.adopt_dead()[1]] == [GROUP]
        assert rows(database) == [("new", 2), ("new", None)]

    async def test_the_living_keep_what_they_have(
        self, recovery: Recovery, database: Database, clock: FakeClock
    ) -> None:
        other = await ListenConnection.open(database, name="laoyou b:2", instance_id=4)
        left(database, holder=4)
        clock.advance(2 * ORPHAN_AGE)
        for _ in range(3):
            assert recovery.adopt_dead() == (False, [])
        assert recovery.at_start() == []
        assert recovery.orphaned() == []
        assert rows(database) == [("new", 4), ("sending", 4)]
        await other.close()

    async def test_a_lease_brings_what_was_in_hand_under_it(
        self, recovery: Recovery, database: Database
    ) -> None:
        left(database, holder=LEASE)
        for _ in range(2):
            assert recovery.adopt_dead() == (True, [])  # that is for whoever takes the account
        assert [lane for _, lane in recovery.take_over(LEASE)] == [GROUP]
        assert rows(database) == [("new", LEASE), ("new", None)]

    async def test_rows_of_an_older_version_are_for_who_starts_alone(
        self, recovery: Recovery, database: Database
    ) -> None:
        left(database, holder=None)
        assert [lane for _, lane in recovery.at_start()] == [GROUP]
        assert rows(database) == [("new", 2), ("new", None)]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(SOON):
        while not condition():
            await asyncio.wait((asyncio.create_task(asyncio.Event().wait()),), timeout=0.02)


def holders(database: Database) -> dict[int, str]:
    with database.read() as session:
        return lock_holders(session)


def promise(database: Database, words: str) -> None:
    """Another process puts something out."""
    other = Database(database.url)
    with other.begin() as session:
        send = Send(group=GROUP, segments=(Text(text=words),))
        outbox.put(session, lane=GROUP, action=dump_action(send), now=START)
    other.close()


def left(database: Database, *, holder: int | None) -> None:
    """One row that was received, and one that is being sent."""
    said = message("#echo 一")
    with database.begin() as session:
        row = Received(
            channel=said.channel, key=said.key, lane=lane_of(said), update=dump_update(said),
            sent_at=START, received_at=START, holder=holder,
        )  # fmt: skip
        inbox.add(session, rows=[row])
        outbox.put(session, lane=GROUP, action="{}", now=START)
        session.flush()
        outbox.claim(session, lane=GROUP, now=START, holder=holder)


def rows(database: Database) -> list[tuple[str, int | None]]:
    with database.read() as session:
        tables = (Inbox, Outbox)
        return [pair for one in tables for pair in session.exec(select(one.state, one.holder))]
