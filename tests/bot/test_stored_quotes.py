"""Finding what somebody quotes in what is stored."""

import io
from datetime import timedelta

import pytest
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.channels.onebot.quotes import Said
from bot.stored_quotes import StoredQuotes
from community.actions import Action, Kick, Mention, Send, Text, dump_action
from community.updates import Message, Sender, dump_update
from storage.database import Database
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from storage.tables import Outbox
from tests.bot.outage import cut_off
from tests.fakes import START
from tests.listening import listening

GROUP, MEMBER = "onebot:100", "onebot:1"


def done(action: Action | None, minutes: int, message_id: str | None, lane: str = GROUP) -> Outbox:
    """What has gone out."""
    at = START + timedelta(minutes=minutes)
    return Outbox(
        channel="onebot", lane=lane, action=dump_action(action) if action else '{"type": "new"}',
        state="sent", created_at=at, due_at=at, sent_at=at, message_id=message_id,
    )  # fmt: skip


def words(text: str) -> Send:
    """Something that was said to somebody."""
    return Send(group=GROUP, segments=(Mention(account=MEMBER, name="张三"), Text(text=text)))


def test_what_the_bot_said_at_about_that_time(database: Database) -> None:
    with database.begin() as session:
        session.add_all(
            [
                done(words("太早"), -11, "1"),
                done(words("早"), -3, "2"),
                done(words("近"), 1, "3"),
                done(None, 2, "4"),
                done(words("没有号"), 1, None),
                done(words("别的群"), 1, "5", lane="onebot:200"),
                done(Kick(group=GROUP, account=MEMBER), 4, "6"),
            ]
        )
    assert StoredQuotes(database).said(GROUP, START) == [
        Said("3", "近"), Said("4", ""), Said("2", "早"), Said("6", ""),
    ]  # fmt: skip


def heard(message_id: str, at: int, sender: str = MEMBER) -> Received:
    """What somebody has said."""
    time = START + timedelta(seconds=at)
    message = Message(
        channel="onebot:9", key=message_id, time=time, group=GROUP, message_id=message_id,
        sender=Sender(account=sender), text="#求 车",
    )  # fmt: skip
    return Received(
        channel="onebot:9", key=message_id, lane=GROUP, update=dump_update(message),
        sender=sender, sent_at=time, received_at=time,
    )  # fmt: skip


def test_what_somebody_said_at_that_very_time(database: Database) -> None:
    rows = [heard("1", 0), heard("2", 1), heard("3", 0, "onebot:2"), heard("4", 0)]
    blank = [heard("5", 0)._replace(update=""), heard("6", 0)._replace(update="{}")]
    with database.begin() as session:
        inbox.add(session, rows=[*rows, *blank])
    assert sorted(StoredQuotes(database).heard(GROUP, MEMBER, START)) == ["1", "4"]


def nothing_is_found(database: Database) -> bool:
    """Neither what the bot has said nor what others have."""
    stored = StoredQuotes(database)
    return not stored.said(GROUP, START) and not stored.heard(GROUP, MEMBER, START)


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_nothing_is_found_while_the_database_cannot_be_read(
    database: Database, log: io.StringIO
) -> None:
    with cut_off(database, times=4):
        assert nothing_is_found(database)
    assert "ERROR" not in log.getvalue()  # it is told once, by those who wait for it


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (PoolTimeoutError("no connection is free"), 0),
        (StatementError("a fault of ours", None, None, None), 2),
    ],
)
def test_no_trouble_costs_the_message(
    database: Database, log: io.StringIO, error: Exception, lines: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    with listening(database, "checkout", fail):
        assert nothing_is_found(database)
    assert log.getvalue().count("ERROR") == lines
