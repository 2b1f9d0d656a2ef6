"""From the moment it is stored, an update survives."""

import asyncio
import contextlib
import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, func, select
from typing_extensions import override

from bot.incoming.inbox import BATCH, Inbox
from bot.retry import Retry
from storage.database import Database
from storage.tables import Inbox as Row
from tests.bot.outage import Forgetful, cut_off
from tests.bot.people import GROUP, OTHER_GROUP, message
from tests.fakes import START, FakeClock
from tests.listening import listening

pytestmark = pytest.mark.anyio


class Pushes:
    """An inbox, and what it puts in line."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self.lanes: list[str] = []
        self.ids: list[int] = []
        self.inbox = Inbox(database, clock=clock, retry=Retry(clock), push=self._push)

    def _push(self, lane: str, inbox_id: int) -> None:
        self.lanes.append(lane)
        self.ids.append(inbox_id)


@pytest.fixture
def pushes(database: Database, clock: FakeClock) -> Pushes:
    """An inbox."""
    return Pushes(database, clock)


def keys(database: Database) -> Sequence[str]:
    with database.read() as session:
        return session.exec(select(Row.key).order_by(col(Row.id))).all()


async def test_updates_that_come_together_share_a_commit(
    pushes: Pushes, database: Database
) -> None:
    commits: list[object] = []
    with listening(database, "commit", commits.append):
        new = await asyncio.gather(
            *(pushes.inbox.store(message(key=f"k{n}")) for n in range(BATCH + 1))
        )
    assert all(new)
    assert len(commits) == 2
    assert keys(database) == [f"k{n}" for n in range(BATCH + 1)]
    assert pushes.ids == sorted(pushes.ids)


async def test_one_alone_is_stored_at_once(pushes: Pushes, database: Database) -> None:
    assert await pushes.inbox.store(message(key="a"))
    assert await pushes.inbox.store(message(key="b", group=OTHER_GROUP))
    assert keys(database) == ["a", "b"]
    assert pushes.lanes == [GROUP, OTHER_GROUP]


async def test_redelivery_is_dropped(pushes: Pushes, database: Database) -> None:
    assert await pushes.inbox.store(message(key="a"))
    again = await asyncio.gather(*(pushes.inbox.store(message(key=key)) for key in ("a", "b", "b")))
    assert again == [False, True, False]
    assert keys(database) == ["a", "b"]
    assert len(pushes.ids) == 2


async def test_a_database_that_is_away_is_waited_for(
    pushes: Pushes, database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    with cut_off(database, times=6):
        new = await asyncio.gather(*(pushes.inbox.store(message()) for _ in range(20)))
    assert all(new)
    assert len(keys(database)) == 20
    assert clock.now() > START
    assert log.getvalue().count("ERROR") == 1


async def test_what_a_commit_stored_is_handled_though_its_answer_was_lost(
    database: Database, clock: FakeClock
) -> None:
    forgetful = Forgetful(database.url)
    pushes = Pushes(forgetful, clock)
    new = await asyncio.gather(*(pushes.inbox.store(message(key=key)) for key in ("a", "b")))
    clock.advance(timedelta(seconds=1))
    again = await pushes.inbox.store(message(key="a"))
    forgetful.close()
    assert (new, again) == ([True, True], False)
    assert keys(database) == ["a", "b"]
    assert len(pushes.ids) == 2


async def test_who_hangs_up_meanwhile_leaves_the_update_behind(
    pushes: Pushes, database: Database
) -> None:
    storing = asyncio.create_task(pushes.inbox.store(message(key="a")))
    await asyncio.sleep(0)
    storing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await storing
    await pushes.inbox.store(message(key="b"))
    assert keys(database) == ["a", "b"]
    assert len(pushes.ids) == 2


class Choosy(Database):
    """Refuses one key, whatever it stands beside."""

    @override
    def __init__(self, database: Database) -> None:
        super().__init__(database.url)
        event.listen(self.engine, "before_cursor_execute", self._look)

    def _look(self, *call: object) -> None:
        if "poison" in str(call[3]):
            raise ValueError("张三")


async def test_an_update_that_cannot_be_stored_does_not_cost_the_others(
    database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    choosy = Choosy(database)
    pushes = Pushes(choosy, clock)
    new = await asyncio.gather(
        *(pushes.inbox.store(message(key=key)) for key in ("a", "poison", "b"))
    )
    choosy.close()
    assert new == [True, False, True]
    assert keys(database) == ["a", "b"]
    assert log.getvalue().count("ERROR") == 1
    assert "张三" not in log.getvalue()


async def test_times_are_kept(pushes: Pushes, database: Database, clock: FakeClock) -> None:
    clock.advance(timedelta(minutes=5))
    await pushes.inbox.store(message())
    with database.read() as session:
        row = session.exec(select(Row)).one()
        assert (row.sent_at, row.received_at) == (START, clock.now())
        assert session.exec(select(func.count()).select_from(Row)).one() == 1
