"""Savepoints on both databases."""

from contextlib import suppress

from storage.database import Database
from storage.queries import counters


def test_what_comes_after_a_savepoint_can_be_taken_back(filled: Database) -> None:
    with filled.begin() as session:
        counters.add(session, community_id="a", name="kept", change=1)
        with suppress(LookupError), session.begin_nested():
            counters.add(session, community_id="a", name="kept", change=5)
            raise LookupError
        with session.begin_nested(), session.begin_nested():
            counters.add(session, community_id="a", name="kept", change=1)
    with filled.read() as session:
        assert counters.value(session, community_id="a", name="kept") == 2
