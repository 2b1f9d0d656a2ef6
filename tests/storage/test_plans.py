"""By which index SQLite finds rows of which there are ever more; nobody tells it how many."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.queries import communities, quotes
from storage.queries.learning import tips
from storage.queries.people import erasing, people
from storage.queries.pool import matches
from storage.queries.traffic import counts, inbox, outbox, subjects
from tests.fakes import START
from tests.listening import listening

DAY = timedelta(days=1)
Ask = Callable[[Session], object]


@pytest.fixture
def database_kind() -> str:
    """PostgreSQL goes by what it has counted."""
    return "sqlite"


def plan(database: Database, ask: Ask) -> str:
    """How the rows are found by what is asked."""
    asked: list[tuple[str, Any]] = []
    with (
        listening(database, "before_cursor_execute", lambda *call: asked.append(call[2:4])),
        database.read() as session,
    ):
        ask(session)
    steps = []
    with database.engine.connect() as connection:
        for sql, values in asked:
            if not sql.startswith("BEGIN"):
                found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", tuple(values))
                steps += [row[3] for row in found]
    return "\n".join(steps)


@pytest.mark.parametrize(
    ("index", "ask"),
    [
        ("ix_inbox_received_at", lambda s: inbox.prune(s, now=START, keep=DAY, limit=9)),
        (
            "ix_inbox_lane_received_at",
            lambda s: inbox.said_since(s, lanes=["onebot:1", "onebot:2"], since=START),
        ),
        (
            "ix_inbox_sender_sent_at",
            lambda s: quotes.heard(s, lane="onebot:1", sender="onebot:2", at=START),
        ),
        (
            "ix_outbox_lane_sent_at",
            lambda s: quotes.spoken(s, lane="onebot:1", since=START, until=START + DAY),
        ),
        ("ix_outbox_created_at", lambda s: outbox.prune(s, now=START, keep=DAY, limit=9)),
        ("ix_outbox_lane_", lambda s: outbox.newest(s, lane="onebot:1")),
        (
            "ix_outbox_community_id_post_id",
            lambda s: subjects.lanes_about(s, community_id="a", post_id=1, among=["onebot:1"]),
        ),
        ("ix_outbox_community_id_post_id", lambda s: list(erasing.sent(s, community_id="a"))),
        (
            "ix_outbox_state_lane_id",
            lambda s: counts.failed(s, community_id="a", since=START, limit=9),
        ),
        (
            "ix_outbox_state_lane_id",
            lambda s: counts.private(s, community_id="a", groups=["onebot:1"]),
        ),
        (
            "ix_match_community_id_target_post_id",
            lambda s: matches.concerning(s, community_id="a", member_id=1, limit=9),
        ),
        (
            "ix_match_community_id_post_id",
            lambda s: matches.new_for(s, community_id="a", member_id=1, after=5),
        ),
        ("ix_tip_waiting", lambda s: tips.due_in(s, since=START, among=["a"])),
        ("ix_account_address", lambda s: communities.shared(s, accounts=["onebot:1"])),
        (
            "ix_account_community_id_member_id",
            lambda s: people.addresses(s, community_id="a", member_ids=[1]),
        ),
        ("ix_seat_account", lambda s: communities.with_seat(s, account="onebot:1")),
    ],
)
def test_the_index_that_was_made_for_it(database: Database, index: str, ask: Ask) -> None:
    found = plan(database, ask)
    assert index in found
    assert "SCAN" not in found.replace("SCAN tip USING INDEX ix_tip_waiting", "")
