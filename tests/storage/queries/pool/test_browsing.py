"""The directory, on both databases."""

from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.queries import communities
from storage.queries.pool import browsing
from storage.tables import Member

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize("words", ["Évry", "vry", "evry"])
def test_a_city_is_found_as_it_is_written(database: Database, words: str) -> None:
    """SQLite knows large and small letters of English alone."""
    with database.begin() as session:
        communities.ensure(session, community_id="a", name="A", groups=(), now=NOW)
        for number, city in enumerate(("Évry", "EVRY", "深圳"), 1):
            session.add(
                Member(community_id="a", id=number, name="x", city=city, created_at=NOW,
                       updated_at=NOW)
            )  # fmt: skip
    found = {"Évry": [1], "vry": [1, 2], "evry": [2]}[words]
    with database.read() as session:
        assert sorted(browsing.people(session, community_id="a", city=words)) == found
