"""Who holds what on a database that several processes share."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.listen_connection import ListenConnection, LostError
from storage.presence import is_instance_id, lease_of, lock_holders, new_instance_id
from storage.queries.traffic import outbox
from tests.fakes import START

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]

LEASE = lease_of("onebot ws://127.0.0.1:3001")
SOON = 60.0  # seconds until a test that hangs fails
NewLine = Callable[..., Awaitable[ListenConnection]]


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


@pytest.fixture
async def new_line(database: Database) -> AsyncIterator[NewLine]:
    """Lines of other processes, as far as the database can tell."""
    made: list[ListenConnection] = []

    async def make(
        name: str = "laoyou a:1", mark: int | None = None, former: int = 0
    ) -> ListenConnection:
        line = await ListenConnection.open(
            database, name=name, instance_id=mark or new_instance_id(), previous_pid=former or None
        )
        made.append(line)
        return line

    yield make
    for line in made:
        await line.close()


def end(database: Database, line: ListenConnection) -> None:
    with database.begin() as session:
        session.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": line.backend_pid})


def present(database: Database) -> dict[int, str]:
    with database.read() as session:
        return lock_holders(session)


async def taken(line: ListenConnection, number: int) -> None:
    """The server takes a moment to notice an end."""
    async with asyncio.timeout(SOON):
        while not await line.try_lock(number):
            await line.wait_for_notifications(0.02)


def test_numbers_of_accounts_and_of_processes_are_never_the_same() -> None:
    assert lease_of("onebot a") == lease_of("onebot a") != lease_of("onebot b")
    assert not is_instance_id(LEASE)
    assert all(
        is_instance_id(new_instance_id()) and 0 < new_instance_id() < 2**31 for _ in range(100)
    )


async def test_one_holds_an_account_until_it_lets_go(new_line: NewLine, database: Database) -> None:
    one, other = await new_line("laoyou a:1"), await new_line("laoyou b:2")
    assert await one.try_lock(LEASE)
    assert not await other.try_lock(LEASE)
    assert present(database)[LEASE] == "laoyou a:1"
    await one.unlock(LEASE)
    assert await other.try_lock(LEASE)


async def test_who_leaves_calls_the_others(new_line: NewLine, database: Database) -> None:
    one, other = await new_line(), await new_line()
    assert await one.try_lock(LEASE)
    await one.unlock_all()
    assert await other.wait_for_notifications(SOON) == [""]
    assert await other.try_lock(LEASE)
    assert len(present(database)) == 2  # the lease and the mark of the other


async def test_the_locks_end_with_the_connection(new_line: NewLine, database: Database) -> None:
    one, other = await new_line(), await new_line()
    assert await one.try_lock(LEASE)
    await asyncio.to_thread(end, database, one)
    await taken(other, LEASE)
    with pytest.raises(LostError):
        await one.check()
    with pytest.raises(LostError):
        await one.wait_for_notifications(SOON)


async def test_who_comes_back_does_not_wait_for_its_own_ghost(new_line: NewLine) -> None:
    mark = new_instance_id()
    ghost = await new_line("laoyou a:1", mark)
    assert await ghost.try_lock(LEASE)
    back = await new_line("laoyou a:1", mark, ghost.backend_pid)
    assert await back.try_lock(LEASE)


async def test_nobody_ends_the_connection_of_another(new_line: NewLine) -> None:
    other = await new_line("laoyou b:2")
    await new_line("laoyou a:1", None, other.backend_pid)
    await other.check()


async def test_a_server_that_is_not_there_is_told_at_once() -> None:
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")
    with pytest.raises(LostError):
        await ListenConnection.open(nowhere, name="laoyou a:1", instance_id=2)


async def test_what_is_put_out_for_others_is_called_out_with_the_commit(
    new_line: NewLine, database: Database
) -> None:
    line, mine = await new_line(), Database(database.url)
    mine.serves = lambda lane: lane == "onebot:1"

    def put() -> None:
        with mine.begin() as session:
            for lane in ("onebot:1", "onebot:2", "onebot:2"):
                outbox.put(session, lane=lane, action="{}", now=START)

    await asyncio.to_thread(put)
    assert await line.wait_for_notifications(SOON) == ["onebot:2"]
    assert await line.wait_for_notifications(0.05) == []
    mine.close()
