"""A bot as a whole: taken up where it was left, stopped without losing anything."""

import asyncio
import io
import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.channels.base import Feed, Sent
from bot.coordination.recovery import ORPHAN_AGE
from bot.errors import StartError
from community.actions import Send, Text, dump_action
from community.updates import dump_update, lane_of
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from storage.database import Database
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.inbox import Received
from storage.tables import Inbox, Outbox
from tests.bot.channels import Playing, forever
from tests.bot.conftest import MakeApp
from tests.bot.people import GROUP, OTHER_GROUP, message
from tests.fakes import START, FakeChannel, FakeClock
from tests.listening import listening

pytestmark = pytest.mark.anyio

SOON = 60.0  # seconds until a test that hangs fails


def received(database: Database, *texts: str) -> None:
    """What an earlier run, or another process, has put into the inbox."""
    with database.begin() as session:
        for text in texts:
            said = message(text)
            row = Received(
                channel=said.channel, key=said.key, lane=lane_of(said), update=dump_update(said),
                sent_at=START, received_at=START,
            )  # fmt: skip
            inbox.add(session, rows=[row])


def promised(database: Database, *texts: str) -> None:
    """What an earlier run, or another process, has put into the outbox."""
    with database.begin() as session:
        for text in texts:
            send = Send(group=GROUP, segments=(Text(text=text),))
            outbox.put(session, lane=GROUP, action=dump_action(send), now=START)


def states(database: Database, table: type[Inbox] | type[Outbox]) -> list[str]:
    with database.read() as session:
        return list(session.exec(select(table.state).order_by(col(table.id))))


async def test_it_runs_until_its_channels_end_and_all_is_answered(make_app: MakeApp) -> None:
    async def play(feed: Feed) -> None:
        for n in range(30):
            await feed(message(f"#echo {n}"))

    channel = Playing(play=play)
    app = make_app(channels=[channel])
    await app.start()
    async with asyncio.timeout(SOON):
        await app.serve(asyncio.Event())
    assert channel.texts == [str(n) for n in range(30)]


async def test_a_command_is_three_transactions(
    make_app: MakeApp, database: Database, channel: FakeChannel
) -> None:
    app = make_app()
    await app.start()
    commits: list[object] = []
    with listening(database, "commit", commits.append):
        await app.dispatcher.feed(message("#echo 你好"))
        await app.settle()
    assert channel.texts == ["你好"]
    assert len(commits) == 3  # stored; handled and taken out; sent


async def test_it_runs_until_it_is_told_to_stop(make_app: MakeApp) -> None:
    app, stop = make_app(channels=[Playing(play=forever)]), asyncio.Event()
    await app.start()
    serving = asyncio.create_task(app.serve(stop))
    await app.dispatcher.feed(message("#echo 你好"))
    assert not serving.done()
    stop.set()
    async with asyncio.timeout(SOON):
        await serving


async def test_a_stop_is_a_stop_however_often_and_by_whom(
    make_app: MakeApp, database: Database
) -> None:
    app, stop = make_app(channels=[Playing(play=forever)]), asyncio.Event()
    await app.start()
    stop.set()
    async with asyncio.timeout(SOON):
        await asyncio.gather(app.stop(), app.serve(stop), app.stop())
        await app.stop()
    await app.dispatcher.feed(message("#echo 太晚"))
    assert states(database, Inbox) == ["new"]  # for the next start


async def test_a_bot_that_never_started_can_be_stopped(make_app: MakeApp) -> None:
    await make_app().stop()


async def test_unfinished_work_is_taken_up_in_order(
    make_app: MakeApp, database: Database, channel: FakeChannel
) -> None:
    await asyncio.to_thread(promised, database, "旧一", "旧二")
    await asyncio.to_thread(received, database, *(f"#echo {n}" for n in range(5)))
    with database.begin() as session:
        outbox.claim(session, lane=GROUP, now=START)  # in flight when the process died
    app = make_app()
    await app.start()
    await app.settle()
    assert channel.texts == ["旧一", "旧二", *map(str, range(5))]
    assert states(database, Inbox) == ["done"] * 5


async def test_a_fault_in_one_channel_costs_neither_the_others_nor_its_next_try(
    make_app: MakeApp, clock: FakeClock, log: io.StringIO
) -> None:
    async def play(feed: Feed) -> None:
        if broken.runs < 3:
            raise ValueError("张三")
        await feed(message("#echo 又好了"))

    broken = Playing(play=play)
    other = Playing(name="wechaty")
    app = make_app(channels=[broken, other])
    await app.start()
    async with asyncio.timeout(SOON):
        await app.serve(asyncio.Event())
    assert (broken.runs, other.runs) == (3, 1)
    assert broken.texts == ["又好了"]
    assert log.getvalue().count("ERROR onebot: receiving: ValueError") == 2
    assert "张三" not in log.getvalue()
    assert clock.now() - START == timedelta(seconds=1 + 2)


async def test_a_channel_that_can_never_work_ends_the_start(make_app: MakeApp) -> None:
    async def refuse(_: Feed) -> None:
        raise StartError("access_token 不对")

    app = make_app(channels=[Playing(play=refuse), Playing(name="wechaty", play=forever)])
    await app.start()
    async with asyncio.timeout(SOON):
        with pytest.raises(StartError, match="不对"):
            await app.serve(asyncio.Event())


async def test_what_somebody_else_left_behind_is_taken_up_after_a_while(
    make_app: MakeApp, database: Database, channel: FakeChannel, clock: FakeClock
) -> None:
    app = make_app()
    await app.start()
    await asyncio.to_thread(received, database, "#echo 别人的")
    await asyncio.to_thread(promised, database, "也是别人的")
    await app.sweep()
    await app.settle()
    assert channel.texts == ["也是别人的"]  # the other may be busy with the first
    clock.advance(ORPHAN_AGE + timedelta(seconds=1))
    await app.sweep()
    await app.sweep()
    await app.settle()
    assert channel.texts == ["也是别人的", "别人的"]


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
async def test_a_second_process_does_not_repeat_what_the_first_is_sending(
    make_app: MakeApp, database: Database
) -> None:
    first, second = FakeChannel(), FakeChannel()
    app = make_app(channels=[first])
    await app.start()
    await asyncio.to_thread(promised, database, "一", "二")
    with database.begin() as session:
        assert outbox.claim(session, lane=GROUP, now=START) is not None  # the first is at it
    other = make_app(channels=[second])
    await other.start()
    await other.settle()
    assert second.texts == []
    assert states(database, Outbox) == ["sending", "new"]


async def test_a_handler_that_hangs_does_not_keep_the_bot_from_stopping(
    make_app: MakeApp,
    feature: Feature,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    log: io.StringIO,
) -> None:
    begun, let_go = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    @feature.command("hang")
    def hang(ctx: Context, call: Call) -> None:
        del ctx, call
        loop.call_soon_threadsafe(begun.set)
        assert let_go.wait(SOON)

    monkeypatch.setattr("bot.app.GRACE", 0.05)
    app = make_app()
    await app.start()
    await app.dispatcher.feed(message("#hang"))
    await begun.wait()
    async with asyncio.timeout(SOON):
        await app.stop()
        await app.stop()
    assert app.hanging
    assert log.getvalue().count("没等到") == 1
    let_go.set()
    await app.settle()
    assert not app.hanging
    assert states(database, Inbox) == ["done"]


async def test_groups_are_answered_side_by_side_and_each_in_order(
    make_app: MakeApp, channel: FakeChannel
) -> None:
    app = make_app()
    await app.start()
    await asyncio.gather(
        *(
            app.dispatcher.feed(message(f"#echo {n}", group=group))
            for n in range(50)
            for group in (GROUP, OTHER_GROUP)
        )
    )
    await app.settle()
    for group in (GROUP, OTHER_GROUP):
        said = [send.text for send in channel.sends() if send.group == group]
        assert said == [str(n) for n in range(50)]


async def test_the_bot_goes_on_after_a_fault(make_app: MakeApp, channel: FakeChannel) -> None:
    app = make_app()
    await app.start()
    channel.answers = [Sent("unknown")]
    for text in ("#crash", "#no", "#echo 还在"):
        await app.dispatcher.feed(message(text))
    await app.settle()
    assert channel.texts[1:] == ["这样不行。", "还在"]
