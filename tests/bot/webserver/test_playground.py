"""The sample community behind /play: put in once, kept, and apart from all others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlmodel import col, func, select

from bot.analyser_reload import Analysers
from bot.app import App
from bot.channels.playground import Playground, sample
from bot.config import Config
from bot.config.sections import OutboxConfig
from bot.dependencies import Dependencies
from bot.webserver.playground import PlaygroundService
from community.errors import UserError
from community.updates import Message, Sender
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.tables import Inbox, Outbox, Post
from tests.fakes import FakeChannel, FakeClock

pytestmark = pytest.mark.anyio

MING, LI, CHEN, LIN, ZHOU = (
    sample.BY_KEY[key] for key in ("xiaoming", "lisi", "laochen", "linxia", "zhouzhou")
)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks before the answer is there, however busy the machine is."""
    monkeypatch.setattr("bot.webserver.playground.ANSWER_TIMEOUT", 60.0)


class Trial:
    """A start without any real channel: a console, and the playground."""

    def __init__(self, database: Database, analyser: Analyser) -> None:
        clock, channel = FakeClock(), Playground()
        self.console = FakeChannel(name="console")
        own = sample.settings("http://127.0.0.1:8080")
        self.app = App(
            Dependencies(
                database=database,
                settings=(*Config().settings, own),
                channels=(self.console, channel),
                features=discover(),
                analysers=Analysers(analyser),
                clock=clock,
                outbox=OutboxConfig(),
            )
        )
        self.clock = clock
        self.channel = channel
        self.stage = PlaygroundService(
            channel, own, database=database, clock=clock, settle=self.app.settle
        )

    async def in_console(self, text: str, *, key: str, group: str | None = None) -> str:
        """Somebody types a line; gives the answer."""
        who = Sender(account="console:张三", name="张三")
        await self.app.dispatcher.feed(
            Message(
                channel="console:bot", key=key, time=self.clock.now(), group=group,
                message_id=key, sender=who, text=text,
            )
        )  # fmt: skip
        await self.app.settle()
        return self.console.sends()[-1].text


@asynccontextmanager
async def running(database: Database, analyser: Analyser) -> AsyncIterator[Trial]:
    """A trial, from its start to its end."""
    trial = Trial(database, analyser)
    await trial.app.start()
    await trial.channel.run(trial.app.dispatcher.feed)
    try:
        yield trial
    finally:
        await trial.app.stop()


def posts(database: Database, community: str) -> int:
    with database.read() as session:
        return session.exec(
            select(func.count()).select_from(Post).where(Post.community_id == community)
        ).one()


async def test_a_need_finds_an_offer_and_calls_its_author(
    database: Database, analyser: Analyser
) -> None:
    async with running(database, analyser) as trial:
        stage = trial.stage
        await stage.ready()
        before = stage.newest
        assert posts(database, "playground") == sample.POSTS
        await stage.say(MING, "group", "#求 找一位懂跨境电商的合伙人")
        said, answer = stage.history(MING, "group", since=before)
        assert (said.name, answer.quote) == ("小明", "小明：#求 找一位懂跨境电商的合伙人")
        assert any(part.person == LI.key for part in answer.parts)
        assert stage.unseen(LI) == 1
        assert answer in stage.history(LI, "group")
        assert stage.unseen(LI) == 0
        await stage.say(LI, "group", "搞定", quote=answer.id)
        assert "#5" in stage.history(LI, "group")[-1].text


async def test_an_applicant_is_let_in_by_the_admin(database: Database, analyser: Analyser) -> None:
    async with running(database, analyser) as trial:
        stage = trial.stage
        await stage.ready()
        assert stage.unseen(CHEN) == 1
        assert "#A1 新申请" in stage.history(CHEN, "admins")[-1].text
        assert not stage.sits(LIN, "group")
        with pytest.raises(UserError, match="林夏 还没进群"):
            await stage.say(LIN, "group", "大家好")
        await stage.say(CHEN, "admins", "#通过 A1")
        assert stage.sits(LIN, "group")
        assert "通过了，欢迎" in stage.history(LIN, "private")[-1].text
        assert "欢迎 @林夏" in stage.history(LIN, "group")[-1].text


async def test_nobody_reads_what_is_not_for_him(database: Database, analyser: Analyser) -> None:
    async with running(database, analyser) as trial:
        stage = trial.stage
        await stage.ready()
        assert stage.history(ZHOU, "group") == []
        assert stage.history(MING, "admins") == []
        assert stage.unseen(MING, "admins") == 0
        assert all("林夏" not in one.text for one in stage.history(MING, "private"))
        with pytest.raises(UserError):
            await stage.say(MING, "admins", "#待审")


async def test_all_is_there_after_a_restart(database: Database, analyser: Analyser) -> None:
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        await trial.stage.say(CHEN, "admins", "#通过 A1")
        await trial.stage.say(MING, "group", "今天天气真好")
        first = [one.text for one in trial.stage.history(LI, "group")]
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        again = [one.text for one in trial.stage.history(LI, "group")]
        assert trial.stage.sits(LIN, "group")
        assert posts(database, "playground") == sample.POSTS
    # What the bot drops as chatter is kept by nobody.
    assert sorted(again) == sorted(
        text for text in first if text not in ("今天天气真好", "大家早，最近报税季，忙晕了")
    )


@pytest.mark.parametrize(("table", "column"), [(Inbox, "update"), (Outbox, "action")])
async def test_what_another_version_wrote_is_left_out_alone(
    database: Database, analyser: Analyser, table: type[Inbox | Outbox], column: str
) -> None:
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        before = trial.stage.history(LI, "group")
    with database.begin() as session:
        channel = col(table.channel).startswith("playground")
        rows = session.exec(select(table).where(channel).order_by(col(table.id).desc())).all()
        lost = next(row for row in rows if "咖啡馆" in getattr(row, column))
        setattr(lost, column, '{"kind": "odd"}')
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        again = [one.text for one in trial.stage.history(LI, "group")]
    chatter = "大家早，最近报税季，忙晕了"
    assert len(again) == len([one for one in before if one.text != chatter]) - 1


async def test_the_console_knows_nothing_of_it(database: Database, analyser: Analyser) -> None:
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        assert posts(database, "laoyou") == 0
        # A stranger to the console can mean only its own community.
        asked = await trial.in_console("#申请", key="a")
        assert "几个社群" not in asked
        assert "姓名" in asked
        said = await trial.in_console("#求 找一位懂跨境电商的合伙人", key="b", group="console:main")
        assert said.startswith("已记下 #1 需求")
        assert "李四" not in said


async def test_what_cannot_be_said(database: Database, analyser: Analyser) -> None:
    async with running(database, analyser) as trial:
        await trial.stage.ready()
        before = trial.stage.newest
        for text in (" \n", "长" * 2001):
            with pytest.raises(UserError):
                await trial.stage.say(MING, "group", text)
        assert trial.stage.newest == before
