"""Bots of a few commands, for the tests of the machinery around them."""

import io
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import pytest
from loguru import logger

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.base import Channel
from bot.communities import Communities
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.schedule.ticks import Ticks
from community.errors import UserError
from community.settings import Settings
from handlers.framework.context import Context
from handlers.framework.discovery import collect
from handlers.framework.feature import Call, Feature
from matching import Analyser
from storage.database import Database
from storage.queries import audit, communities
from tests.bot.people import SETTINGS
from tests.bot.sending import Sending
from tests.fakes import START, FakeChannel, FakeClock

MakeApp = Callable[..., App]


@pytest.fixture
def sending(database: Database, clock: FakeClock) -> Sending:
    """A sender without pacing."""
    return Sending(database, clock)


@pytest.fixture
def channel() -> FakeChannel:
    """The chat platform."""
    return FakeChannel()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged at INFO and above."""
    stream = io.StringIO()
    sink = logger.add(stream, level="INFO", format="{level} {message}{exception}", diagnose=False)
    yield stream
    logger.remove(sink)


@pytest.fixture
def feature() -> Feature:
    """``#echo`` says it again, ``#no`` refuses, ``#crash`` is at fault; all write a row first."""
    feature = Feature("test", usage="#echo", summary="测试")

    def note(ctx: Context, call: Call) -> None:
        audit.add(
            ctx.scene.session, community_id=ctx.scene.community_id, at=ctx.scene.now,
            verb=call.word, subject="test", subject_id=1,
        )  # fmt: skip

    @feature.command("echo")
    def echo(ctx: Context, call: Call) -> str:
        note(ctx, call)
        return call.body

    @feature.command("no")
    def refuse(ctx: Context, call: Call) -> str:
        note(ctx, call)
        raise UserError("这样不行。")

    @feature.command("crash")
    def crash(ctx: Context, call: Call) -> str:
        note(ctx, call)
        raise ValueError(f"cannot make sense of {call.body}")

    return feature


@pytest.fixture
async def make_app(
    database: Database, analyser: Analyser, clock: FakeClock, channel: FakeChannel, feature: Feature
) -> AsyncIterator[MakeApp]:
    """Bots on the same database, without pacing; stopped when the test is over."""
    made: list[App] = []

    def make(
        *,
        channels: Sequence[Channel] = (channel,),
        outbox: OutboxConfig | None = None,
        alerts: Sequence[str] = (),
        settings: Sequence[Settings] = SETTINGS,
    ) -> App:
        made.append(
            App(
                Dependencies(
                    database=database,
                    settings=settings,
                    channels=channels,
                    features=collect([feature]),
                    analysers=Analysers(analyser),
                    clock=clock,
                    outbox=outbox or OutboxConfig(min_interval=0, per_hour=0),
                    alerts=alerts,
                )
            )
        )
        return made[-1]

    yield make
    for app in made:
        await app.stop()


@pytest.fixture
def settings() -> Sequence[Settings]:
    """The communities that the clock works for."""
    return SETTINGS


@pytest.fixture
def ticks(
    database: Database, analyser: Analyser, clock: FakeClock, settings: Sequence[Settings]
) -> Ticks:
    """The ticks of a bot that has started."""
    with database.begin() as session:
        for one in settings:
            communities.ensure(
                session, community_id=one.id, name=one.name, groups=one.groups, now=START
            )
    return Ticks(database, Communities(settings), Analysers(analyser), clock)
