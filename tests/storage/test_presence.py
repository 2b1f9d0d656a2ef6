"""Who is alone on a database, and who is not."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.presence import Presence

Arrive = Callable[[], tuple[Presence, bool]]


@pytest.fixture
def arrive(database: Database) -> Iterator[Arrive]:
    """Another process, as far as the database can tell; whether it was alone."""
    made: list[tuple[Database, Presence]] = []

    def make() -> tuple[Presence, bool]:
        own = Database(database.url)
        alone: list[bool] = []
        presence = Presence(own)
        made.append((own, presence))
        presence.enter(lambda: alone.append(True))
        return presence, bool(alone)

    yield make
    for own, presence in made:
        presence.leave()
        own.close()


def test_the_first_is_alone(arrive: Arrive) -> None:
    assert arrive()[1]


def test_who_comes_after_one_that_has_left_is_alone(arrive: Arrive) -> None:
    arrive()[0].leave()
    assert arrive()[1]


@pytest.mark.parametrize("database_kind", [pytest.param("postgres", marks=pytest.mark.postgres)])
class TestShared:
    """Only PostgreSQL is shared."""

    def test_the_others_are_not(self, arrive: Arrive) -> None:
        first, _ = arrive()
        assert not arrive()[1]
        assert not arrive()[1]
        first.leave()
        assert not arrive()[1]

    def test_who_died_is_not_there(self, arrive: Arrive, database: Database) -> None:
        arrive()
        with database.begin() as session:
            session.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
            )
        assert arrive()[1]

    def test_who_comes_meanwhile_waits(self, arrive: Arrive, database: Database) -> None:
        order: list[str] = []
        second = threading.Thread(target=lambda: order.append(f"second {arrive()[1]}"))

        def clean_up() -> None:
            second.start()
            second.join(0.3)
            order.append("cleaned up")

        first = Presence(database)
        first.enter(clean_up)
        second.join()
        first.leave()
        assert order == ["cleaned up", "second False"]
