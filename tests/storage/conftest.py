"""Communities to store things in."""

from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.tables import Community

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with the communities ``a`` and ``b``."""
    with database.begin() as session:
        session.add_all(Community(id=name, name=name, created_at=NOW) for name in ("a", "b"))
    return database
