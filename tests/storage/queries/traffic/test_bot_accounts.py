"""Runs and processes tell each other which accounts are the bot's own."""

from datetime import timedelta

import pytest

from bot.start import StoredAccounts
from storage.database import Database
from storage.queries import retention
from storage.queries.traffic import bot_accounts
from tests.bot.outage import cut_off
from tests.fakes import START, FakeClock

FIRST, SECOND = "onebot:1", "onebot:2"


@pytest.fixture
def accounts(database: Database) -> StoredAccounts:
    """What a process has of them."""
    return StoredAccounts(database, FakeClock(START))


def test_each_knows_those_of_all(accounts: StoredAccounts) -> None:
    assert accounts({FIRST}) == {FIRST}
    assert accounts({SECOND}) == {FIRST, SECOND}
    assert accounts(()) == {FIRST, SECOND}


def test_nobody_waits_for_a_database_that_is_away(
    database: Database, accounts: StoredAccounts
) -> None:
    with cut_off(database, times=1):
        assert accounts({FIRST}) is None
    assert accounts(()) == set()


def test_what_has_not_connected_for_a_day_is_the_bots_no_more(database: Database) -> None:
    later = START + retention.KEEP_BOT_ACCOUNTS
    with database.begin() as session:
        bot_accounts.share(session, connected=[FIRST, SECOND], now=START)
        bot_accounts.share(session, connected=[SECOND], now=later)
        retention.prune(session, now=later)
        assert bot_accounts.share(session, connected=[], now=later) == {FIRST, SECOND}
        retention.prune(session, now=later + timedelta(seconds=1))
        assert bot_accounts.share(session, connected=[], now=later) == {SECOND}
