"""The database is locked, read-only, full, or gone, while people go on talking."""

import asyncio
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Pool, event, text

from bot.app import App
from storage.database import Database
from tests.bot.conftest import MakeApp
from tests.bot.people import message
from tests.conftest import NewUrl
from tests.fakes import FakeChannel
from tests.faults import outage
from tests.faults.conftest import HastyClock
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.anyio


@pytest.fixture
def clock() -> HastyClock:
    """The trouble is real, and takes its time: so does the bot, in haste."""
    return HastyClock()


@pytest.fixture
def database(
    database_kind: str, new_url: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """One of its own: what is done to it is done to the whole of it."""
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.02)
    database = Database(new_url(database_kind, migrated=True))
    yield database
    database.close()


@pytest.fixture
async def app(make_app: MakeApp) -> App:
    """A bot that has answered something."""
    app = make_app()
    await app.start()
    await app.dispatcher.feed(message("#echo 先"))
    await app.settle()
    return app


async def test_locked(app: App, channel: FakeChannel, log: io.StringIO, database: Database) -> None:
    """Another program holds the lock. On PostgreSQL: with a time limit on waiting for it."""
    other = Database(database.url)
    if database.is_sqlite:
        holding = other.engine.execution_options(immediate=True).connect()
        holding.begin()
    else:
        name = other.engine.url.database
        with other.begin() as session:
            session.execute(text(f"ALTER DATABASE \"{name}\" SET lock_timeout = '20ms'"))
        used = await asyncio.to_thread(fresh_connections, database)
        holding = other.engine.connect()
        holding.execute(text("LOCK TABLE inbox"))
    await outage.lived_through(app, channel, log, told="锁住", end=holding.close)
    outage.stored_well(database)
    if not database.is_sqlite:
        used.dispose()
    other.close()


def fresh_connections(database: Database) -> Pool:
    """New ones from now on. Into the pool that is returned come those in use now: dispose of it."""
    used = database.engine.pool
    database.engine.dispose()
    return used


async def test_read_only(
    app: App, channel: FakeChannel, log: io.StringIO, database: Database
) -> None:
    name = database.engine.url.database
    with read_only(database, f'ALTER DATABASE "{name}"') as end:
        await outage.lived_through(app, channel, log, told="只读", end=end)
    outage.stored_well(database)


@contextmanager
def read_only(database: Database, alter: str) -> Iterator[Callable[[], None]]:
    if database.is_sqlite:
        with pragma(database, "query_only=1", "query_only=0") as end:
            yield end
        return
    other = Database(database.url)
    used: list[Pool] = []

    def make(setting: str) -> None:
        with other.begin() as session:
            session.execute(text("SET TRANSACTION READ WRITE"))
            session.execute(text(f"{alter} {setting}"))
        used.append(fresh_connections(database))  # it holds for these only

    make("SET default_transaction_read_only = on")
    yield lambda: make("RESET default_transaction_read_only")
    for pool in used:
        pool.dispose()
    other.close()


async def test_full(app: App, channel: FakeChannel, log: io.StringIO, database: Database) -> None:
    """On SQLite the file may not grow; on PostgreSQL a trigger says what a full disk says."""
    if database.is_sqlite:
        with database.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        with pragma(database, f"max_page_count={pages}", "max_page_count=1000000") as end:
            await outage.lived_through(app, channel, log, told="磁盘满了", end=end)
    else:
        with database.begin() as session:
            session.execute(text(FULL))
        await outage.lived_through(app, channel, log, told="磁盘满了", end=lambda: drop(database))
    outage.stored_well(database)


FULL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON inbox EXECUTE FUNCTION full_disk()
"""


def drop(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("DROP TRIGGER full_disk ON inbox"))


@contextmanager
def pragma(database: Database, wrong: str, right: str) -> Iterator[Callable[[], None]]:
    """Say it to each connection that is used, until the end."""
    said = [wrong]

    def say(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA {said[0]}").close()

    event.listen(database.engine, "checkout", say)
    yield lambda: said.__setitem__(0, right)
    event.remove(database.engine, "checkout", say)


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgres"])
async def test_cut_off_in_the_middle_of_transactions(
    app: App, channel: FakeChannel, postgres: PostgresServer, database: Database
) -> None:
    """Again and again, all connections of the bot are ended by the server."""
    name = database.engine.url.database
    saying = asyncio.create_task(outage.say(app))
    cuts = 0
    while cuts < 5 or not saying.done():
        await asyncio.to_thread(
            postgres.admin,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        cuts += 1
        await asyncio.sleep(0.005 * cuts)
    keys = await saying
    await app.settle()
    assert Counter(send.quote for send in channel.sends()[1:]) == Counter(keys)
    outage.stored_well(database)
