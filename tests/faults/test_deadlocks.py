"""Work of several communities at once: whoever waits for a lock gets it, and nobody hears of it."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError, Event, get_ident

import pytest
from sqlmodel import select

from bot.app import App
from bot.schedule.ticks import Ticks
from community.settings import Settings
from community.updates import Message, Sender
from storage.database import Database
from storage.tables import Account, Member, Post
from tests.bot.conftest import MakeApp, ticks
from tests.fakes import START, FakeChannel
from tests.listening import listening

__all__ = ("ticks",)

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]

CLUBS = ("甲", "乙")
LONG = 20.0  # seconds that no test takes
_LOCKS = ("SELECT community.chosen", "INSERT INTO community ")


@pytest.fixture
def database_kind() -> str:
    """The other one has a single writer."""
    return "postgres"


@pytest.fixture
def settings() -> Sequence[Settings]:
    """In an order that is not that of their names."""
    return [Settings(id=id_, name=id_, groups=(f"onebot:{id_}",)) for id_ in CLUBS]


@pytest.fixture
def app(ticks: Ticks, make_app: MakeApp, settings: Sequence[Settings]) -> App:
    """A process beside the one that has stored the communities."""
    del ticks
    return make_app(settings=settings)


@contextmanager
def crossing(database: Database) -> Iterator[Callable[[], None]]:
    """Two pieces of work. Which has a community and wants another waits until the other is as far.

    Call what it gives when one of them has come to its end.
    """
    crossed, held = Event(), dict[int, int]()
    both = Barrier(2, action=crossed.set, timeout=LONG)

    def lock(*call: object) -> None:
        if not str(call[2]).startswith(_LOCKS):
            return
        held[get_ident()] = held.get(get_ident(), 0) + 1
        if held[get_ident()] == 2 and not crossed.is_set():
            with suppress(BrokenBarrierError):
                both.wait()

    def end(*_: object) -> None:
        held.pop(get_ident(), None)

    def give_up(*_: object) -> None:
        if held.pop(get_ident(), None):  # it begins anew, and nobody has to wait for it
            both.abort()

    with (
        listening(database, "before_cursor_execute", lock),
        listening(database, "commit", end),
        listening(database, "rollback", give_up),
    ):
        yield both.abort


def people(database: Database) -> None:
    """Somebody is in both communities by two accounts, and has a post there whose notice is due."""
    with database.begin() as session:
        for club in CLUBS:
            session.add(Member(community_id=club, id=1, created_at=START, updated_at=START))
            session.flush()
            for who in ("小明", "小红"):
                session.add(Account(community_id=club, address=f"onebot:{who}", member_id=1))
            session.add(
                Post(
                    community_id=club, id=1, kind="need", author_id=1, text="x", title="x",
                    fingerprint="x", created_at=START, updated_at=START, notice_at=START,
                    expires_at=START + timedelta(days=1),
                )
            )  # fmt: skip


async def test_a_process_starts_while_another_does_what_is_due(
    database: Database, ticks: Ticks, app: App
) -> None:
    people(database)
    with crossing(database) as at_end:

        async def to_its_end(work: Awaitable[object]) -> None:
            await work
            at_end()

        due = asyncio.to_thread(ticks.expire)
        await asyncio.gather(to_its_end(app.start()), to_its_end(due))
    with database.read() as session:
        assert {one.notice_at for one in session.exec(select(Post))} == {START + timedelta(days=1)}


async def test_two_speak_to_the_same_communities_in_turn(
    database: Database, app: App, channel: FakeChannel, log: io.StringIO
) -> None:
    people(database)
    await app.start()
    with crossing(database):
        for who, clubs in (("小明", CLUBS), ("小红", CLUBS[::-1])):
            await app.dispatcher.feed(
                Message(
                    channel="onebot:bot", key=who, time=START, message_id=who,
                    sender=Sender(account=f"onebot:{who}", name=who),
                    text="\n".join(f"#echo {club} {who}在{club}" for club in clubs),
                )
            )  # fmt: skip
        await app.settle()
    said = {one for one in channel.texts if "在" in one and "#" not in one}
    assert said == {f"{who}在{club}" for who in ("小明", "小红") for club in CLUBS}
    assert log.getvalue() == ""
