"""Which accounts the bot has had."""

from storage.database import Database
from storage.queries import bot_accounts
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received
from tests.fakes import START


def test_each_account_that_has_told_something(database: Database) -> None:
    rows = [
        Received(
            channel=channel, key=key, lane="onebot:100", update="{}", sent_at=START,
            received_at=START,
        )
        for channel in ("onebot:9", "onebot:10", "console:bot", "wechaty:老友")
        for key in ("a", "b")
    ]  # fmt: skip
    with database.begin() as session:
        assert bot_accounts.known(session) == []
        inbox.add(session, rows=rows)
    with database.read() as session:
        found = bot_accounts.known(session)
    assert sorted(found) == ["console:bot", "onebot:10", "onebot:9", "wechaty:老友"]
