"""A process that lost its account to another one tells late how a send went."""

import pytest

from bot.channels.base import Sent
from bot.outbox.job import Job
from bot.outbox.store import Store
from storage.database import Database
from storage.queries.traffic import claims
from tests.bot.sending import OFFLINE, Sending, group
from tests.fakes import FakeClock

LANE, LEASE = "onebot:100", 7


@pytest.fixture
def store(database: Database, clock: FakeClock) -> Store:
    """An outbox with one message in it."""
    sending = Sending(database, clock)
    sending.put(group("好了"))
    return sending.store


def claimed(store: Store) -> Job:
    """By whoever runs the account."""
    job = store.claim_next(LANE, LEASE)
    assert job is not None
    return job


def taken_over(store: Store) -> Job:
    """By the process that runs it now."""
    with store.database.begin() as session:
        claims.take_over(session, number=LEASE)
    return claimed(store)


def test_that_it_was_offline_sends_nothing_twice(store: Store) -> None:
    late, job = claimed(store), taken_over(store)
    assert store.record(job, Sent("sent")) == set()
    assert store.record(late, OFFLINE) == set()
    assert store.lanes() == set()


def test_that_it_was_not_tried_takes_nothing_from_another(store: Store) -> None:
    late, job = claimed(store), taken_over(store)
    store.unclaim(late)
    assert store.claim_next(LANE, LEASE) is None  # it is being sent
    store.record(job, OFFLINE)
    assert store.lanes() == {LANE}
    store.unclaim(claimed(store))
    assert store.lanes() == {LANE}
