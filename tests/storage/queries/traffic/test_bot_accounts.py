"""Processes tell each other which accounts are the bot's own."""

from datetime import timedelta

import pytest

from bot.start import SharedAccounts
from storage.database import Database
from storage.queries import retention
from storage.queries.traffic import bot_accounts
from tests.bot.outage import cut_off
from tests.fakes import START

pytestmark = pytest.mark.postgres

FIRST, SECOND = "onebot:1", "onebot:2"


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


def test_each_process_knows_those_of_all(database: Database) -> None:
    one, other = SharedAccounts(database), SharedAccounts(database)
    assert one({FIRST}) == {FIRST}
    assert other({SECOND}) == {FIRST, SECOND}
    assert one(()) == {FIRST, SECOND}


def test_nobody_waits_for_a_database_that_is_away(database: Database) -> None:
    with cut_off(database, times=1):
        assert SharedAccounts(database)({FIRST}) == set()
    assert SharedAccounts(database)(()) == set()


def test_what_has_not_connected_for_a_month_is_the_bots_no_more(database: Database) -> None:
    later = START + retention.KEEP_BOT_ACCOUNTS
    with database.begin() as session:
        bot_accounts.share(session, connected=[FIRST, SECOND], now=START)
        bot_accounts.share(session, connected=[SECOND], now=later)
        retention.prune(session, now=later)
        assert bot_accounts.share(session, connected=[], now=later) == {FIRST, SECOND}
        retention.prune(session, now=later + timedelta(seconds=1))
        assert bot_accounts.share(session, connected=[], now=later) == {SECOND}
