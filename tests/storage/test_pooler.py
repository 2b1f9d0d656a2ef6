"""A pooler that hands out connections by the transaction is told from all others."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, StaticPool, create_engine

from storage.database import Database
from storage.errors import DatabaseError
from storage.pooler import refuse_shared_connections
from tests.conftest import NewUrl

pytestmark = pytest.mark.postgres


@pytest.fixture
def url(new_url: NewUrl) -> str:
    return new_url("postgres", migrated=False)


@pytest.fixture
def shared(url: str) -> Iterator[Engine]:
    """All of its connections are one."""
    engine = create_engine(url, poolclass=StaticPool)
    yield engine
    engine.dispose()


def test_connections_of_our_own(url: str) -> None:
    database = Database(url)
    database.probe()
    database.close()


def test_the_same_one_for_everybody(shared: Engine) -> None:
    with pytest.raises(DatabaseError, match="pool_mode = session"):
        refuse_shared_connections(shared)


def test_another_one_each_time(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = iter("abcd")
    monkeypatch.setattr("storage.pooler._backend", lambda _connection: (next(turns),))
    database = Database(url)
    with pytest.raises(DatabaseError, match="pool_mode = session"):
        database.probe()
    database.close()
