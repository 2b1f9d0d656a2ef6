"""What must go out: in order within a lane, by one sender at a time."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.queries.traffic import outbox, subjects
from storage.queries.traffic.outbox import LEASE
from storage.tables import Outbox
from tests.fakes import START
from tests.listening import statements

LANE = "onebot:1"
KEEP = timedelta(days=180)


def put(database: Database, *actions: str, lane: str = LANE) -> None:
    with database.begin() as session:
        for action in actions:
            outbox.put(session, lane=lane, action=action, now=START)


def claim(database: Database, lane: str = LANE) -> str | None:
    with database.begin() as session:
        row = outbox.claim(session, lane=lane, now=START)
        return None if row is None else row.action


def finish(database: Database, action: str) -> None:
    with database.begin() as session:
        row = session.exec(select(Outbox).where(Outbox.action == action)).one()
        row.state, row.sent_at = "sent", START


def test_touched_lanes_are_those_of_this_transaction(database: Database) -> None:
    with database.begin() as session:
        for lane in ("onebot:2", "onebot:1", "onebot:2"):
            outbox.put(session, lane=lane, action="{}", now=START)
        assert outbox.touched(session) == {"onebot:1", "onebot:2"}
    with database.begin() as session:
        assert outbox.touched(session) == set()


def test_rows_come_in_order_one_after_the_other(database: Database) -> None:
    put(database, "a", "b")
    put(database, "c", lane="onebot:2")
    assert claim(database) == "a"
    assert claim(database) is None  # a is still being sent
    assert claim(database, "onebot:2") == "c"
    finish(database, "a")
    assert claim(database) == "b"


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
def test_two_processes_that_ask_at_once_do_not_overtake_each_other(database: Database) -> None:
    put(database, "a", "b")
    got: list[str | None] = []
    other = threading.Thread(target=lambda: got.append(claim(database)))
    with database.begin() as session:
        first = outbox.claim(session, lane=LANE, now=START)
        other.start()
        other.join(0.3)
        assert got == []  # it waits for us
    other.join()
    assert first is not None
    assert (first.action, got) == ("a", [None])


def test_after_a_crash_what_was_in_flight_comes_first(database: Database) -> None:
    put(database, "a", "b")
    claim(database)
    with database.begin() as session:
        assert outbox.release(session) == 1
    assert claim(database) == "a"


@pytest.mark.parametrize(("later", "released"), [(LEASE, 0), (LEASE + timedelta(seconds=1), 1)])
def test_others_may_be_sending_until_they_must_be_lost(
    database: Database, later: timedelta, released: int
) -> None:
    put(database, "a")
    claim(database)
    with database.begin() as session:
        assert outbox.release(session, lost_at=START + later) == released


def test_times_of_sends_by_lane(database: Database) -> None:
    put(database, "a", "b")
    put(database, "c", lane="onebot:2")
    for action in ("a", "c"):
        finish(database, action)
    with database.read() as session:
        times = outbox.sends_since(session, since=START - timedelta(hours=1))
        assert times == {LANE: [START], "onebot:2": [START]}
        assert outbox.sends_since(session, since=START + timedelta(seconds=1)) == {}


def test_old_rows_are_forgotten_in_one_statement(database: Database) -> None:
    put(database, "new", "sent", "sending", "young")
    with database.begin() as session:
        for row in session.exec(select(Outbox).where(col(Outbox.action) != "young")):
            row.state, row.created_at = row.action, START - KEEP - timedelta(days=1)
    with statements(database) as seen, database.begin() as session:
        assert outbox.prune(session, now=START, keep=KEEP, limit=10) == 2
    assert [one.split()[0] for one in seen] == ["DELETE"]
    with database.read() as session:
        assert sorted(session.exec(select(Outbox.action))) == ["sending", "young"]


def test_of_many_old_rows_the_oldest_are_forgotten_first(database: Database) -> None:
    put(database, "old", "oldest", "older")
    ages = {"old": 1, "older": 2, "oldest": 3}
    with database.begin() as session:
        for row in session.exec(select(Outbox)):
            row.created_at = START - KEEP - timedelta(days=ages[row.action])
    with database.begin() as session:
        assert outbox.prune(session, now=START, keep=KEEP, limit=2) == 2
    with database.read() as session:
        assert session.exec(select(Outbox.action)).all() == ["old"]


def test_of_two_messages_with_one_id_the_later_one_is_meant(database: Database) -> None:
    with database.begin() as session:
        for number in (1, 2):
            row = outbox.put(
                session,
                lane=LANE,
                action=f'{{"number":{number}}}',
                now=START,
                community_id=f"c{number}",
                application_id=number,
            )
            outbox.record_result(session, row_id=row, state="sent", at=START, message_id="7")
        found = subjects.application_of_message(session, lane=LANE, message_id="7")
        assert found == ("c2", 2)
        assert subjects.community_of_message(session, lane=LANE, message_id="7") == "c2"
        assert subjects.action_of_message(session, lane=LANE, message_id="7") == '{"number":2}'
