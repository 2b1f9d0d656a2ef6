"""The one door: chatter is dropped without a look at the database, and so is what is nobody's."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import col, select

from community.updates import Message, Recalled, Seat, SeatsChanged, Update
from storage.database import Database
from storage.tables import Inbox
from tests.bot.conftest import MakeApp
from tests.bot.people import GROUP, NOBODYS, message
from tests.fakes import START, FakeChannel
from tests.listening import listening

pytestmark = pytest.mark.anyio

CHATTER = (
    "",
    "大家早",
    "我想求你个事",
    "#供应链 群友聚餐",
    "# 这不是指令",
    "@老友 在吗",
    "【通知】周五聚会",
    "a" * 5000,
)


@contextmanager
def forbidden(database: Database) -> Iterator[list[str]]:
    """Whoever touches the database meanwhile fails, which the door only logs: how often he did."""
    touched: list[str] = []

    def fail(*_: object) -> None:
        touched.append("again")
        raise AssertionError("the database was touched")

    with (
        listening(database, "before_cursor_execute", fail),
        listening(database, "checkout", fail),
    ):
        yield touched


def recalled(group: str) -> Update:
    return Recalled(
        channel="onebot:bot", key="r1", time=START, group=group, message_id="m1", by="onebot:1"
    )


def seats(group: str) -> Update:
    return SeatsChanged(
        channel="onebot:bot", key="s1", time=START, group=group, seats=(Seat(account="onebot:1"),)
    )


@pytest.mark.parametrize("text", CHATTER)
async def test_chatter_never_touches_the_database(
    make_app: MakeApp, database: Database, text: str
) -> None:
    app = make_app()
    with forbidden(database) as touched:
        await app.dispatcher.feed(message(text))
    assert touched == []


@pytest.mark.parametrize("update", [message(group=NOBODYS), recalled(NOBODYS), seats(NOBODYS)])
async def test_groups_of_nobody_are_dropped(
    make_app: MakeApp, database: Database, update: Update
) -> None:
    app = make_app()
    with forbidden(database) as touched:
        await app.dispatcher.feed(update)
    assert touched == []


async def test_the_proof_would_notice(
    make_app: MakeApp, database: Database, log: io.StringIO
) -> None:
    app = make_app()
    with forbidden(database) as touched:
        await app.dispatcher.feed(message())
    assert touched
    assert "ERROR an update cannot be stored and is dropped: AssertionError" in log.getvalue()


async def test_what_is_ours_is_stored_before_the_door_closes(
    make_app: MakeApp, database: Database
) -> None:
    app = make_app()
    updates = [message(key="m1"), message("大家早", key="m2"), recalled(GROUP), seats(GROUP)]
    for update in updates:
        await app.dispatcher.feed(update)
        with database.read() as session:
            stored = session.exec(select(Inbox.key).order_by(col(Inbox.id))).all()
        assert (update.key in stored) is not (isinstance(update, Message) and update.key == "m2")


async def test_the_same_again_is_answered_once(make_app: MakeApp, channel: FakeChannel) -> None:
    app = make_app()
    await app.start()
    for _ in range(3):
        await app.dispatcher.feed(message("#echo 你好", key="m1"))
    await app.settle()
    assert len(channel.done) == 1


@pytest.mark.parametrize("text", CHATTER)
async def test_what_is_ignored_at_the_first_look_is_counted_as_what_is_fed(
    make_app: MakeApp, text: str
) -> None:
    app = make_app()
    if not app.dispatcher.ignores("onebot:bot", GROUP, text, quoting=False):
        await app.dispatcher.feed(message(text))
    assert app.dispatcher.ignores("onebot:bot", NOBODYS, "#echo 你好", quoting=False)
    assert not app.dispatcher.ignores("onebot:bot", GROUP, "#echo 你好", quoting=False)
    content_type, page = await app.collector.page("")
    assert content_type.startswith("text/plain")
    assert b'laoyou_updates_received_total{channel="onebot",result="ignored"} 2.0' in page
