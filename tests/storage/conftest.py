"""Communities to store things in."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from storage.database import Database
from storage.tables import Community
from tests.conftest import NewUrl

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OTHER = {"sqlite": "postgres", "postgres": "sqlite"}
NewDatabase = Callable[..., Database]


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with the communities ``a`` and ``b``."""
    with database.begin() as session:
        session.add_all(Community(id=name, name=name, created_at=NOW) for name in ("a", "b"))
    return database


@pytest.fixture
def new_database(new_url: NewUrl) -> Iterator[NewDatabase]:
    """Databases of a kind, empty."""
    made: list[Database] = []

    def make(kind: str, *, migrated: bool = False) -> Database:
        made.append(Database(new_url(kind, migrated=migrated)))
        return made[-1]

    yield make
    for one in made:
        one.close()
