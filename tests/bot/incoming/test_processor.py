"""From the inbox to the reply, in one transaction."""

import io
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from bot.analyser_reload import Analysers
from bot.communities import Communities
from bot.incoming.processor import FAILURE_TEXT, Processor
from bot.incoming.router import STRANGER, Router
from bot.outbox.job import ALREADY_HANDLED, ClaimPermit
from bot.outbox.store import Store
from community.actions import Send, load_action
from community.errors import UserError
from community.updates import dump_update, lane_of
from handlers.framework.context import Context
from handlers.framework.discovery import collect
from handlers.framework.feature import Call, Feature
from matching import Analyser
from storage.database import Database
from storage.errors import is_away
from storage.queries import audit, communities
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from storage.tables import Account, Audit, Inbox, Outbox
from tests.bot.outage import cut_off
from tests.bot.people import GROUP, MEMBER, SETTINGS, message
from tests.fakes import START, FakeClock

Receive = Callable[..., int]


@pytest.fixture
def processor(
    database: Database, analyser: Analyser, clock: FakeClock, feature: Feature
) -> Processor:
    """The processor of a bot that has started."""
    with database.begin() as session:
        for one in SETTINGS:
            communities.ensure(
                session, community_id=one.id, name=one.name, groups=one.groups, now=START
            )
    router = Router(collect([feature]), Communities(SETTINGS), Analysers(analyser), clock)
    return Processor(database, router)


@pytest.fixture
def receive(database: Database) -> Receive:
    """A message comes in; gives its number in the inbox."""

    def store(
        text: str, *, group: str | None = GROUP, key: str | None = None, update: str | None = None
    ) -> int:
        said = message(text, group=group, key=key)
        row = Received(
            channel=said.channel, key=said.key, lane=lane_of(said), sent_at=START,
            received_at=START, update=update or dump_update(said),
        )  # fmt: skip
        with database.begin() as session:
            (id_,) = inbox.add(session, rows=[row]).values()
        return id_

    return store


def replies(database: Database) -> list[Send]:
    with database.read() as session:
        actions = session.exec(select(Outbox.action).order_by(col(Outbox.id))).all()
    return [action for one in actions if isinstance(action := load_action(one), Send)]


def state(database: Database, inbox_id: int) -> str:
    with database.read() as session:
        return session.get_one(Inbox, inbox_id).state


def written(database: Database) -> int:
    """Rows that handlers have written."""
    with database.read() as session:
        return len(session.exec(select(Audit).where(Audit.subject == "test")).all())


def test_reply_rows_and_inbox_in_one(
    processor: Processor, receive: Receive, database: Database, clock: FakeClock
) -> None:
    number = receive("#echo 你好", key="m7")
    assert processor.handle(number).lanes == {GROUP}
    (reply,) = replies(database)
    assert (reply.text, reply.group, reply.quote) == ("你好", GROUP, "m7")
    assert (state(database, number), written(database)) == ("done", 1)
    with database.read() as session:
        assert session.get_one(Inbox, number).done_at == clock.now()
        assert session.exec(select(Outbox.community_id)).one() == "renren"


def test_the_reply_is_taken_out_at_once_where_the_sender_waits_for_it(
    processor: Processor, receive: Receive, database: Database, clock: FakeClock
) -> None:
    store = Store(database, clock)
    permit = ClaimPermit(GROUP, lambda session: store.claim_in(session, GROUP, 7))
    handled = processor.handle(receive("#echo 你好"), permit)
    assert (handled.lanes, handled.already_handled) == ({GROUP}, False)
    assert handled.job is not None
    assert (handled.job.lane, handled.job.action) == (GROUP, replies(database)[0])
    elsewhere = processor.handle(receive("#echo 私下", group=None), permit)
    assert (elsewhere.lanes, elsewhere.job) == ({MEMBER}, None)
    with database.read() as session:
        asked = select(Outbox.state, Outbox.holder, Outbox.tries).order_by(col(Outbox.id))
        rows = session.exec(asked).all()
    assert rows == [("sending", 7, 1), ("new", None, 0)]


def test_a_row_is_handled_once(processor: Processor, receive: Receive, database: Database) -> None:
    number = receive("#echo 你好")
    processor.handle(number)
    assert processor.handle(number) == ALREADY_HANDLED
    assert len(replies(database)) == 1


def test_a_user_error_is_told_and_nothing_is_stored_but_who_is_known_now(
    processor: Processor, receive: Receive, database: Database, log: io.StringIO
) -> None:
    number = receive("#no")
    assert processor.handle(number).lanes == {GROUP}
    assert [reply.text for reply in replies(database)] == ["这样不行。"]
    assert (state(database, number), written(database)) == ("done", 0)
    with database.read() as session:
        assert len(session.exec(select(Account)).all()) == 1  # may go on in private
    assert log.getvalue() == ""


def test_what_a_listener_refuses_leaves_what_the_command_has_done(
    processor: Processor, receive: Receive, database: Database, feature: Feature
) -> None:
    def note(ctx: Context) -> None:
        audit.add(
            ctx.scene.session, community_id=ctx.scene.community_id, at=ctx.scene.now,
            verb="note", subject="test", subject_id=1,
        )  # fmt: skip

    @feature.command("hush")
    def hush(ctx: Context, _call: Call) -> None:
        note(ctx)

    @feature.private_text
    def listen(ctx: Context) -> str:
        note(ctx)
        raise UserError("说清楚一点。")

    del hush, listen
    processor.handle(receive("#echo 群里"))
    router = replace(processor.router, features=collect([feature]))
    replace(processor, router=router).handle(receive("#hush", group=None))
    assert [reply.text for reply in replies(database)] == ["群里", "说清楚一点。"]
    assert written(database) == 2


def test_a_fault_is_logged_once_without_the_words_and_the_member_hears_of_it(
    processor: Processor, receive: Receive, database: Database, log: io.StringIO
) -> None:
    number = receive("#crash 张三的秘密", key="m12345")
    assert processor.handle(number).lanes == {GROUP}
    assert [reply.text for reply in replies(database)] == [FAILURE_TEXT]
    assert (state(database, number), written(database)) == ("failed", 0)
    first, second = log.getvalue().splitlines()
    assert first.startswith(f"ERROR update {number} failed: ValueError in conftest.py:")
    assert second.startswith("INFO message m1…45")
    assert "张三" not in log.getvalue()

    assert processor.handle(number).lanes == set()
    processor.handle(receive("#echo 还在"))
    assert [reply.text for reply in replies(database)] == [FAILURE_TEXT, "还在"]


@pytest.mark.parametrize("update", ["{}", "not even JSON", '{"type": "of another version"}'])
def test_a_row_that_cannot_be_read_is_not_tried_again(
    processor: Processor, receive: Receive, database: Database, update: str, log: io.StringIO
) -> None:
    number = receive("", update=update)
    assert processor.handle(number).lanes == set()
    assert state(database, number) == "failed"
    assert replies(database) == []
    assert log.getvalue().count(f"ERROR update {number} failed") == 1


def test_strangers_in_private_learn_how_to_begin(
    processor: Processor, receive: Receive, database: Database
) -> None:
    assert processor.handle(receive("#echo 你好", group=None)).lanes == {MEMBER}
    (reply,) = replies(database)
    assert (reply.text, reply.account, reply.quote) == (STRANGER, MEMBER, None)
    assert written(database) == 0


def test_members_are_answered_in_private_in_the_community_they_used_last(
    processor: Processor, receive: Receive, database: Database
) -> None:
    processor.handle(receive("#echo 群里"))
    processor.handle(receive("#echo 私下", group=None))
    assert [(reply.text, reply.target) for reply in replies(database)] == [
        ("群里", GROUP),
        ("私下", MEMBER),
    ]
    assert written(database) == 2


def test_while_the_database_is_away_nothing_changes(
    processor: Processor, receive: Receive, database: Database, log: io.StringIO
) -> None:
    number, other = receive("#echo 你好"), receive("#echo 试试", group="onebot:200")
    with cut_off(database, times=0) as seen:
        processor.handle(other)
    for after in range(len(seen)):
        with cut_off(database, after=after, times=1), pytest.raises(DBAPIError) as caught:
            processor.handle(number)
        assert is_away(caught.value)
        assert state(database, number) == "new"
    assert len(seen) > 5
    assert [reply.text for reply in replies(database)] == ["试试"]
    assert log.getvalue() == ""
    processor.handle(number)
    assert [reply.text for reply in replies(database)] == ["试试", "你好"]


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_a_community_has_one_writer_at_a_time(
    processor: Processor, receive: Receive, database: Database
) -> None:
    number, other = receive("#echo 你好"), receive("#echo 别家", group="onebot:200")
    handling = threading.Thread(target=lambda: processor.handle(number))
    with database.begin() as session:
        communities.lock(session, community_id="renren")
        handling.start()
        processor.handle(other)  # the other community does not wait
        handling.join(0.3)
        assert handling.is_alive()
        assert [reply.text for reply in replies(database)] == ["别家"]
    handling.join()
    assert [reply.text for reply in replies(database)] == ["别家", "你好"]
