"""What becomes of twenty commands that are said while the database is in trouble."""

import asyncio
import io
from collections import Counter
from collections.abc import Callable

from loguru import logger
from sqlmodel import select

from bot.app import App
from storage.database import Database
from storage.tables import Audit, Inbox, Outbox
from tests.bot.people import message
from tests.fakes import FakeChannel

SAID = 20
PATIENCE = 60.0  # seconds until the trouble has to be told of


async def say(app: App) -> list[str]:
    """Twenty commands, stored whenever that is possible."""
    said = [message(f"#echo {n}") for n in range(SAID)]
    await asyncio.gather(*(app.dispatcher.feed(one) for one in said))
    return [one.key for one in said]


async def lived_through(
    app: App, channel: FakeChannel, log: io.StringIO, *, told: str, end: Callable[[], None]
) -> None:
    """While it lasts it is told once and nothing gets lost; afterwards all is done once."""
    said = asyncio.Event()
    sink = logger.add(lambda line: said.set() if told in line else None, level="ERROR")
    saying = asyncio.create_task(say(app))
    async with asyncio.timeout(PATIENCE):
        await said.wait()
    logger.remove(sink)
    assert len(channel.sends()) == 1
    await asyncio.to_thread(end)
    keys = await saying
    await app.settle()
    assert Counter(send.quote for send in channel.sends()[1:]) == Counter(keys)
    assert channel.texts[1:] == [str(n) for n in range(SAID)]
    assert log.getvalue().count("ERROR") == 1
    assert "数据库恢复了" in log.getvalue()


def stored_well(database: Database) -> None:
    with database.read() as session:
        assert set(session.exec(select(Inbox.state))) == {"done"}
        assert set(session.exec(select(Outbox.state))) == {"sent"}
        written = session.exec(select(Audit).where(Audit.subject == "test")).all()
        assert len(written) == SAID + 1
