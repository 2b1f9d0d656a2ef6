"""Numbers are dense, per community and kind, and survive a failed transaction without a gap."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.database import Database
from storage.queries import counters


def take(database: Database, community_id: str, name: str, count: int = 1) -> int:
    with database.begin() as session:
        return counters.take(session, community_id=community_id, name=name, count=count)


def test_numbers_are_dense_within_their_community_and_name(filled: Database) -> None:
    assert [take(filled, "a", "post") for _ in range(3)] == [1, 2, 3]
    assert take(filled, "b", "post") == 1
    assert take(filled, "a", "member") == 1


def test_several_at_once_start_at_the_first(filled: Database) -> None:
    assert take(filled, "a", "member", 500) == 1
    assert take(filled, "a", "member") == 501


def test_a_failed_transaction_gives_its_number_back(filled: Database) -> None:
    def fail() -> None:
        with filled.begin() as session:
            assert counters.take(session, community_id="a", name="post") == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert take(filled, "a", "post") == 1


def test_threads_never_get_the_same_number(filled: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: take(filled, "a", "post"), range(64)))
    assert sorted(numbers) == list(range(1, 65))
