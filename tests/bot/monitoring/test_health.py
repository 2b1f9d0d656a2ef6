"""Whether a bot says of itself that it does its work."""

import asyncio
import threading
from datetime import timedelta
from time import process_time

import pytest

from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from storage.database import Database
from tests.bot.conftest import MakeApp
from tests.bot.looking import served
from tests.bot.outage import cut_off
from tests.bot.people import message
from tests.fakes import FakeClock

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("database_kind", ["sqlite"])]

PROXIED = {"x-forwarded-for": "203.0.113.9"}
LONG = 60.0  # seconds until a test that hangs fails


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is there answers some time; how soon, the machine decides."""
    monkeypatch.setattr("bot.monitoring.health.PATIENCE", LONG)


async def test_a_bot_that_does_its_work(make_app: MakeApp) -> None:
    app = make_app()
    await app.start()
    async with served(app) as client:
        answer = await client.get("/healthz", headers=PROXIED)
        assert (answer.status_code, answer.text) == (200, "ok\n")
        assert answer.headers["cache-control"] == "no-store"
        took = []
        for _ in range(20):  # while one of them is answered nothing else is at work here
            begun = process_time()
            await client.get("/healthz")
            took.append(process_time() - begun)
    assert min(took) < 0.02


async def test_before_the_start_and_after_the_end(make_app: MakeApp) -> None:
    app = make_app()
    assert await app.health.trouble() == "not running"
    await app.start()
    assert await app.health.trouble() == ""
    await app.stop()
    assert await app.health.trouble() == "not running"


async def test_the_database_is_away(make_app: MakeApp, database: Database) -> None:
    app = make_app()
    await app.start()
    async with served(app) as client:
        with cut_off(database, times=99):
            answer = await client.get("/healthz")
            assert (answer.status_code, answer.text) == (503, "database\n")
            stranger = await client.get("/healthz", headers=PROXIED)
            assert (stranger.status_code, stranger.text) == (503, "unavailable\n")
        assert (await client.get("/healthz")).status_code == 200


async def test_ticks_that_have_stopped(make_app: MakeApp, clock: FakeClock) -> None:
    app = make_app()
    await app.start()
    clock.advance(timedelta(minutes=5))
    assert await app.health.trouble() == ""
    clock.advance(timedelta(seconds=1))
    assert await app.health.trouble() == "ticks"


async def test_a_handler_that_does_not_come_back(
    make_app: MakeApp, clock: FakeClock, feature: Feature
) -> None:
    at_work, enough = threading.Event(), threading.Event()

    @feature.command("hang")
    def hang(_ctx: Context, _call: Call) -> str:
        at_work.set()
        assert enough.wait(LONG)
        return "好了"

    app = make_app()
    await app.start()
    await app.dispatcher.feed(message("#hang"))
    await asyncio.to_thread(at_work.wait)
    clock.advance(timedelta(minutes=1, seconds=1))
    assert await app.health.trouble() == "handler"
    enough.set()
    await app.settle()
    assert await app.health.trouble() == ""
