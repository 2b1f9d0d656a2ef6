"""Which channel speaks where, when several could."""

from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from bot.sharing.holdings import Holdings
from tests.fakes import FakeChannel

KNOWN, UNKNOWN = "onebot:1", "onebot:9"


@dataclass
class Knowing(FakeChannel):
    """An account that is in some groups, and knows of others that it is not."""

    knows: dict[str, bool] = field(default_factory=dict)

    @override
    def reaches(self, target: str) -> bool | None:
        """As the test says."""
        return self.knows.get(target)


def two() -> tuple[Knowing, Knowing]:
    first = Knowing(address="ws://a", knows={KNOWN: False})
    return first, Knowing(address="ws://b", knows={KNOWN: True})


def test_one_account_speaks_everywhere() -> None:
    channel = Knowing(address="ws://a", knows={KNOWN: False})
    holdings = Holdings([channel], mark=None)
    assert holdings.route(KNOWN) is channel
    assert holdings.route("wechaty:room") is None
    assert not holdings.asks


def test_of_two_accounts_that_which_is_there_and_else_the_first() -> None:
    first, second = two()
    holdings = Holdings([first, second], mark=None)
    assert holdings.route(KNOWN) is second
    assert holdings.route(UNKNOWN) is first
    assert holdings.holder(KNOWN) is None


def test_shared_with_others_only_what_is_held() -> None:
    first, second = two()
    holdings = Holdings([first, second], mark=2)
    assert not holdings.serves(KNOWN)
    assert holdings.numbers == {2}
    one, other = holdings.leased
    one.take()
    assert holdings.route(UNKNOWN) is first
    assert not holdings.serves(KNOWN)
    one.lose()
    other.take()
    assert holdings.route(KNOWN) is second
    assert not holdings.serves(UNKNOWN)
    assert holdings.holder(KNOWN) == other.lease
    assert holdings.numbers == {2, other.lease}


@pytest.mark.parametrize(("knows", "speaks"), [({}, True), ({KNOWN: False}, False)])
def test_an_implementation_that_dials_is_held_by_whom_it_dials(
    knows: dict[str, bool], speaks: bool
) -> None:
    holdings = Holdings([Knowing(knows=knows)], mark=2)
    assert holdings.leased == []
    assert holdings.serves(KNOWN) is speaks
    assert holdings.holder(KNOWN) == 2


@dataclass
class Wired(Knowing):
    """Knows whether it reaches its platform."""

    connected: bool = True


def test_connected_is_each_account_that_is_held() -> None:
    first, second = Wired(address="ws://a", connected=False), Wired(address="ws://b")
    assert Holdings([first, second], mark=None).connected == {"onebot": False}
    assert Holdings([second, first], mark=None).connected == {"onebot": False}
    holdings = Holdings([first, second], mark=2)
    assert holdings.connected == {}
    holdings.leased[1].take()
    assert holdings.connected == {"onebot": True}
    holdings.leased[0].take()
    assert holdings.connected == {"onebot": False}


def test_away_is_whatever_this_process_runs_and_does_not_reach() -> None:
    dialled, dials = Wired(address="ws://a", connected=False), Wired("wechaty", connected=False)
    assert Holdings([dialled, dials], mark=None).away(alone=True) == {"onebot", "wechaty"}
    holdings = Holdings([dialled, dials], mark=2)
    assert holdings.away(alone=True) == {"wechaty"}  # nobody has given us the other one
    assert holdings.away(alone=False) == set()  # it may have dialled another process
    holdings.leased[0].take()
    assert holdings.away(alone=False) == {"onebot"}
    dialled.connected = dials.connected = True
    assert holdings.away(alone=True) == set()
