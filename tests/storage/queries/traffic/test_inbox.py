"""What came in: once each, claimed by one, forgotten when it is old."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from storage.database import Database
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from storage.tables import Inbox
from tests.fakes import START
from tests.listening import statements

KEEP = timedelta(days=30)


def row(
    key: str, *, lane: str = "onebot:1", age: timedelta = timedelta(), state: str = "new"
) -> Received:
    time = START - age
    return Received(
        channel="onebot:bot",
        key=key,
        lane=lane,
        update="{}",
        sent_at=time,
        received_at=time,
        state=state,
    )


def test_known_keys_are_left_out(database: Database) -> None:
    with database.begin() as session:
        first = inbox.add(session, rows=[row("a"), row("b")])
    with database.begin() as session:
        second = inbox.add(session, rows=[row("b"), row("c")])
    assert list(first) == [("onebot:bot", "a"), ("onebot:bot", "b")]
    assert list(second) == [("onebot:bot", "c")]


def test_unfinished_rows_in_the_order_in_which_they_came(database: Database) -> None:
    with database.begin() as session:
        inbox.add(session, rows=[row("a", state="done"), row("b"), row("c", lane="onebot:2")])
        inbox.add(session, rows=[row("d", age=timedelta(minutes=5)), row("e", state="failed")])
    with database.read() as session:
        assert [lane for _, lane in inbox.unfinished(session)] == [
            "onebot:1",
            "onebot:2",
            "onebot:1",
        ]
        old = inbox.unfinished(session, before=START - timedelta(minutes=1))
        assert [session.get_one(Inbox, id_).key for id_, _ in old] == ["d"]


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_two_processes_do_not_handle_one_row(database: Database) -> None:
    with database.begin() as session:
        (id_,) = inbox.add(session, rows=[row("a")]).values()
    with database.begin() as one, database.begin() as other:
        assert inbox.claim(one, inbox_id=id_) is not None
        assert inbox.claim(other, inbox_id=id_) is None


def test_old_rows_are_forgotten_in_one_statement_and_waiting_ones_are_not(
    database: Database,
) -> None:
    with database.begin() as session:
        for age, state in ((31, "done"), (31, "failed"), (31, "new"), (29, "done")):
            key = f"{age} {state}"
            inbox.add(session, rows=[row(key, age=timedelta(days=age), state=state)])
    with statements(database) as seen, database.begin() as session:
        assert inbox.prune(session, now=START, keep=KEEP, limit=10) == 2
    assert [one.split()[0] for one in seen] == ["DELETE"]
    with database.read() as session:
        assert sorted(session.exec(select(Inbox.key))) == ["29 done", "31 new"]


def test_a_member_list_is_no_sign_of_having_heard(database: Database) -> None:
    """What was said while the bot was away is fetched from the last message on."""

    def heard(key: str, minutes: int, sender: str | None) -> datetime | None:
        at = START + timedelta(minutes=minutes)
        row = Received(
            channel="onebot:1", key=key, lane="onebot:100", update="{}", sender=sender,
            sent_at=at, received_at=at,
        )  # fmt: skip
        with database.begin() as session:
            inbox.add(session, rows=[row])
        with database.read() as session:
            return inbox.newest(session, lane="onebot:100")

    assert heard("list:1", 0, None) == START
    assert heard("list:2", 5, None) == START
    assert heard("group:1", 7, "onebot:1") == START + timedelta(minutes=7)
    assert heard("list:3", 9, None) == START + timedelta(minutes=7)


def test_who_spoke_lately_and_who_told_of_it(database: Database) -> None:
    with database.begin() as session:
        for minutes, lane, sender in (
            (0, "onebot:100", "onebot:1"),
            (2, "onebot:100", "onebot:2"),
            (3, "onebot:100", None),
            (3, "onebot:200", "onebot:1"),
            (4, "onebot:100", "onebot:1"),
        ):
            at = START + timedelta(minutes=minutes)
            heard = Received(
                channel="onebot:9", key=f"{minutes} {lane}", lane=lane, update="{}",
                sender=sender, sent_at=at, received_at=at,
            )  # fmt: skip
            inbox.add(session, rows=[heard])
    with database.read() as session:
        said = inbox.said_since(session, lanes=["onebot:100"], since=START + timedelta(minutes=1))
    assert said == [
        ("onebot:100", sender, START + timedelta(minutes=minutes), "onebot:9")
        for minutes, sender in ((2, "onebot:2"), (4, "onebot:1"))
    ]
