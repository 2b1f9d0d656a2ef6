"""What two processes are told, each by an account of its own, is taken by one of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from storage.database import Database
from storage.queries.traffic import bot_accounts, copies, inbox, lane_locks
from storage.queries.traffic.copies import Stance, Verdict
from storage.queries.traffic.inbox import Received
from tests.fakes import START
from tests.living import living

pytestmark = pytest.mark.postgres

MINE, OTHERS, DEAD = 2, 4, 6
ACCOUNT, OTHER_ACCOUNT = "onebot:bot", "onebot:spare"
SECOND = timedelta(seconds=1)


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


@pytest.fixture(autouse=True)
def _living(database: Database) -> Iterator[None]:
    """The other process is there."""
    with living(database, OTHERS):
        yield


def said(
    key: str = "a",
    *,
    by: str = ACCOUNT,
    lane: str = "onebot:1",
    sender: str | None = "onebot:7",
    later: timedelta = timedelta(0),
    holder: int = MINE,
) -> Received:
    return Received(
        channel=by,
        key=key,
        lane=lane,
        sender=sender,
        update="{}",
        sent_at=START + later,
        received_at=START + later,
        holder=holder,
    )


def notice(key: str, *, by: str = ACCOUNT, later: timedelta = timedelta(0)) -> Received:
    return said(key, by=by, sender=None, later=later)


def judged(database: Database, row: Received, *known: Received, stance: Stance = "take") -> Verdict:
    with database.begin() as session:
        inbox.add(session, rows=known)
        lane_locks.lock(session, lanes=[row.lane])
        return copies.judge(session, row=row, stance=stance, mine={MINE})


@pytest.mark.parametrize(
    "known",
    [
        said("b"),  # two messages in one second, told by the same account
        said(by=OTHER_ACCOUNT, sender="onebot:8", holder=OTHERS),
        said(by=OTHER_ACCOUNT, lane="onebot:2", holder=OTHERS),
        said(by=OTHER_ACCOUNT, later=SECOND, holder=OTHERS),
        notice("b", by=OTHER_ACCOUNT),
    ],
)
def test_what_is_no_copy_is_taken(database: Database, known: Received) -> None:
    assert judged(database, said(), known) == "take"


def test_a_copy_is_not_taken(database: Database) -> None:
    taken = said("0815", by=OTHER_ACCOUNT, holder=OTHERS)
    assert judged(database, said(), taken, said("b", later=SECOND)) == "elsewhere"
    assert judged(database, said()._replace(holder=DEAD), stance="yield") == "elsewhere"


def test_a_copy_that_another_account_of_the_process_has_taken(database: Database) -> None:
    assert judged(database, said(), said(by=OTHER_ACCOUNT)) == "known"


def test_what_an_account_of_the_bot_says_is_not_taken(database: Database) -> None:
    with database.begin() as session:
        bot_accounts.share(session, connected=["onebot:7"], now=START)
    assert judged(database, said()) == "known"
    assert judged(database, said(sender="onebot:8")) == "take"


@pytest.mark.parametrize(
    ("holder", "stance", "verdict"),
    [
        (OTHERS, "defer", "later"),
        (OTHERS, "take", "take"),
        (DEAD, "defer", "take"),
        (MINE, "defer", "take"),
        (MINE, "yield", "later"),
    ],
)
def test_whose_turn_it_is(
    database: Database, holder: int, stance: Stance, verdict: Verdict
) -> None:
    last = said(by=OTHER_ACCOUNT, sender="onebot:8", holder=holder)
    first = said("b", sender="onebot:8", later=-SECOND)
    assert judged(database, said(later=SECOND), first, last, stance=stance) == verdict


def test_nobody_has_spoken_before(database: Database) -> None:
    assert judged(database, said(), notice("b", by=OTHER_ACCOUNT), stance="defer") == "take"


@pytest.mark.parametrize(
    ("key", "later", "verdict"),
    [
        ("group_increase:1:7:1001", SECOND, "known"),  # each tells the time at which it heard of it
        ("group_increase:1:7:1100", 100 * SECOND, "take"),
        ("group_increase:1:70:1000", SECOND, "take"),
        ("group_decrease:1:7:1000", SECOND, "take"),
    ],
)
def test_notices(database: Database, key: str, later: timedelta, verdict: Verdict) -> None:
    told = notice("group_increase:1:7:1000", by=OTHER_ACCOUNT)
    assert judged(database, notice(key, later=later), told) == verdict
    again = notice("group_increase:1:7:1001", by=OTHER_ACCOUNT, later=SECOND)
    assert judged(database, again) == "take"  # of one account all is taken


def test_one_process_waits_while_another_decides(database: Database) -> None:
    asking = Event()

    def other() -> Verdict:
        with database.begin() as session:
            asking.set()
            lane_locks.lock(session, lanes=["onebot:2", "onebot:1"])
            return copies.judge(session, row=said(), stance="take", mine={MINE})

    with ThreadPoolExecutor(1) as threads:
        with database.begin() as session:
            lane_locks.lock(session, lanes=["onebot:1"])
            asked = threads.submit(other)
            asking.wait()
            inbox.add(session, rows=[said(by=OTHER_ACCOUNT, holder=OTHERS)])
        assert asked.result() == "elsewhere"
