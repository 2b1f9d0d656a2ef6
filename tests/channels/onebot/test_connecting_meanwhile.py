"""Threads ask who speaks where while the loop lets further accounts in."""

import pytest
from typing_extensions import override

from bot.channels.onebot.account import Account
from bot.channels.onebot.accounts import Accounts
from bot.channels.onebot.pool import AccountPool
from tests.fakes import START

GROUP = "onebot:100"


class Overtaken(Account):
    """When it is asked about, one more has just connected."""

    def __init__(self, accounts: dict[str, Account]) -> None:
        super().__init__("1")
        self.groups = frozenset({GROUP})
        self.ready.set()
        self._accounts = accounts

    @property
    @override
    def online(self) -> bool:
        number = str(len(self._accounts) + 1)
        self._accounts[number] = Account(number)
        return True


@pytest.fixture
def accounts(monkeypatch: pytest.MonkeyPatch) -> Accounts:
    """One, and soon more."""
    section = dict[str, Account]()
    section["1"] = Overtaken(section)
    monkeypatch.setattr(AccountPool, "new_section", lambda _pool: section)
    return Accounts(AccountPool())


def test_whether_one_reaches_a_person(accounts: Accounts) -> None:
    assert accounts.reaches("onebot:10001", START) is None


def test_which_one_speaks_in_a_group() -> None:
    pool = AccountPool()
    section = pool.new_section()
    first = section["1"] = Overtaken(section)
    assert pool.active(GROUP, START) is first
