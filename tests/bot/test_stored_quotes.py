"""Finding what somebody quotes in what is stored."""

from datetime import timedelta

import pytest

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


@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_nothing_is_found_while_the_database_cannot_be_read(database: Database) -> None:
    with cut_off(database, times=4):
        assert StoredQuotes(database).said(GROUP, START) == ()
        assert StoredQuotes(database).heard(GROUP, MEMBER, START) == ()
