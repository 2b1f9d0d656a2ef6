"""The page that Prometheus reads, asked for over HTTP."""

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics

from community.actions import Send, Text, dump_action
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from storage.database import Database
from storage.queries import counters
from storage.queries.traffic import outbox
from tests.bot.channels import Wired
from tests.bot.conftest import MakeApp
from tests.bot.looking import parsed, served
from tests.bot.outage import cut_off
from tests.bot.people import GROUP, MEMBER, message
from tests.bot.sending import OFFLINE, UNKNOWN
from tests.fakes import FakeChannel, FakeClock

pytestmark = pytest.mark.anyio
on_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"])


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is there answers some time; how soon, the machine decides."""
    monkeypatch.setattr("bot.metrics.collector.PATIENCE", 60.0)


@on_sqlite
async def test_what_a_bot_has_done(
    make_app: MakeApp, clock: FakeClock, channel: FakeChannel, feature: Feature
) -> None:
    @feature.command("slow")
    def slow(_ctx: Context, _call: Call) -> str:
        clock.advance(timedelta(seconds=2))
        return "好了"

    app = make_app()
    await app.start()
    for said in (
        message(),
        message("#slow"),
        message("#crash"),
        message("#no"),
        message("今天天气不错"),
        message(group="onebot:999"),
        again := message(),
        again,
    ):
        await app.dispatcher.feed(said)
        await app.settle()
    channel.answers = [UNKNOWN]
    await app.dispatcher.feed(message())
    await app.settle()
    async with served(app) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    found = parsed(answer.text)
    assert found["laoyou_updates_received_total", "onebot", "stored"] == 6
    assert found["laoyou_updates_received_total", "onebot", "repeated"] == 1
    assert found["laoyou_updates_received_total", "onebot", "ignored"] == 2
    assert found["laoyou_messages_handled_total", "onebot", "answered"] == 5
    assert found["laoyou_messages_handled_total", "onebot", "failed"] == 1
    assert found["laoyou_reply_stored_seconds_count", "onebot"] == 6
    assert found["laoyou_reply_stored_seconds_sum", "onebot"] == 2
    assert found["laoyou_reply_stored_seconds_bucket", "onebot", "1.0"] == 5
    assert found["laoyou_reply_stored_seconds_bucket", "onebot", "2.5"] == 6
    assert found["laoyou_reply_sent_seconds_count", "onebot"] == 5  # one is of unknown fate
    assert found["laoyou_sends_total", "onebot", "sent"] == 5
    assert found["laoyou_sends_total", "onebot", "unknown"] == 1
    assert found["laoyou_tick_last_success_timestamp_seconds", "expire"] > 0
    assert found["laoyou_tick_failures_total", "expire"] == 0
    assert found[("process_resident_memory_bytes",)] > 0


async def test_what_waits_and_what_was_found(
    make_app: MakeApp, database: Database, clock: FakeClock
) -> None:
    channel = Wired(connected=False, endings={Send: OFFLINE})
    app = make_app(channels=[channel])
    await app.start()
    send = dump_action(Send(account=MEMBER, segments=(Text(text="你好"),)))
    stored = clock.now()
    with database.begin() as session:
        for lane in ("gone:1", "gone:2", "onebot:5"):
            outbox.put(session, lane=lane, action=send, now=stored)
        for community, listed in (("renren", 3), ("other", 2)):
            for name, change in (("listed", listed), ("mention", 1)):
                counters.add(session, community_id=community, name=name, change=change)
    clock.advance(timedelta(minutes=7))
    async with served(app) as client:
        found = parsed((await client.get("/metrics")).text)
    assert found["laoyou_outbox_waiting", "onebot"] == 1
    assert found["laoyou_outbox_waiting", "other"] == 2
    # What the sender waits for moves this clock, too: by how much, the machine's speed decides.
    passed = (clock.now() - stored).total_seconds()
    assert 7 * 60 <= found["laoyou_outbox_oldest_seconds", "onebot"] <= passed
    assert found[("laoyou_inbox_waiting",)] == 0
    assert found[("laoyou_matches_listed_total",)] == 5
    assert found[("laoyou_members_mentioned_total",)] == 2
    assert found["laoyou_channel_connected", "onebot"] == 0
    assert found["laoyou_channel_paused", "onebot"] == 0


async def test_without_its_database_it_tells_what_it_knows(
    make_app: MakeApp, database: Database
) -> None:
    app = make_app()
    await app.start()
    async with served(app) as client:
        with cut_off(database, times=99):
            found = parsed((await client.get("/metrics")).text)
    assert found[("laoyou_database_up",)] == 0
    assert ("laoyou_inbox_waiting",) not in found
    assert found["laoyou_channel_connected", "onebot"] == 1


@on_sqlite
async def test_an_open_breaker_is_seen(make_app: MakeApp, channel: FakeChannel) -> None:
    app = make_app()
    await app.start()
    channel.answers = [UNKNOWN] * 3
    for _ in range(3):
        await app.dispatcher.feed(message())
    await app.settle()
    async with served(app) as client:
        found = parsed((await client.get("/metrics")).text)
    assert found["laoyou_channel_paused", "onebot"] == 1


@on_sqlite
async def test_nobody_is_named(make_app: MakeApp) -> None:
    app = make_app()
    await app.start()
    await app.dispatcher.feed(message("#echo 张三的秘密"))
    await app.settle()
    async with served(app) as client:
        page = (await client.get("/metrics")).text
    for private in ("张三", "10001", GROUP, "renren", "老友记"):
        assert private not in page


@on_sqlite
async def test_in_the_newer_format_for_who_asks_for_it(make_app: MakeApp) -> None:
    app = make_app()
    await app.start()
    await app.dispatcher.feed(message())
    await app.settle()
    wanted = {"accept": "application/openmetrics-text;version=1.0.0"}
    async with served(app) as client:
        answer = await client.get("/metrics", headers=wanted)
    assert "openmetrics" in answer.headers["content-type"]
    families = open_metrics(answer.text)  # type: ignore[no-untyped-call]
    assert "laoyou_sends" in {family.name for family in families}


@pytest.mark.process
def test_nothing_of_prometheus_is_loaded_before_somebody_asks() -> None:
    look = "import bot.start, sys; sys.exit('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


@on_sqlite
@pytest.mark.parametrize("page", ["operations.md", "operations.zh-CN.md"])
async def test_every_number_is_explained(make_app: MakeApp, page: str) -> None:
    explained = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    app = make_app()
    await app.start()
    async with served(app) as client:
        said = (await client.get("/metrics")).text
    for name in re.findall(r"^# TYPE laoyou_(\w+)", said, re.MULTILINE):
        assert f"`{name}`" in explained
