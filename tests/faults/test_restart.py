"""PostgreSQL crashes and comes back, with a server of its own: nobody else is to be disturbed."""

import io
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from storage.database import Database
from tests.bot.conftest import MakeApp
from tests.bot.people import message
from tests.fakes import FakeChannel
from tests.faults import outage
from tests.faults.conftest import HastyClock
from tests.postgres_server import PostgresServer

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


@pytest.fixture
def clock() -> HastyClock:
    """The server takes its time."""
    return HastyClock()


@pytest.fixture
def database() -> Iterator[Database]:
    """On a server of its own."""
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="laoyou-test-")))
    server.claim()
    server.start()
    server.create("own", migrated=True)
    server.admin("ALTER DATABASE own SET synchronous_commit = on")  # a crash must lose nothing
    server.admin("CHECKPOINT")
    database = Database(server.url("own"))
    yield database
    database.close()
    server.stop()


async def test_a_server_that_crashes_and_comes_back(
    make_app: MakeApp,
    channel: FakeChannel,
    feature: Feature,
    log: io.StringIO,
    database: Database,
) -> None:
    killed: list[int] = []

    @feature.command("kill")
    def kill(ctx: Context, _call: Call) -> str:
        # Here the bot cannot miss it: a server may be back before somebody asks it something.
        if not killed:
            killed.append(ctx.scene.session.scalar(text("SELECT pg_backend_pid()")))
            os.kill(killed[0], signal.SIGKILL)  # at that it ends all others, and recovers
        return "又来了"

    app = make_app()
    await app.start()
    await app.dispatcher.feed(message("#echo 先"))
    await app.settle()
    end = message("#kill")
    await app.dispatcher.feed(end)
    keys = await outage.say(app)
    await app.settle()
    assert [send.quote for send in channel.sends()[1:]] == [end.key, *keys]
    assert "数据库恢复了" in log.getvalue()
    assert log.getvalue().count("Traceback") == 0
    outage.stored_well(database)
