"""Which channel speaks where, when several could."""

from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from bot.channels.base import Connectable, SharesGroups
from bot.coordination.held_channels import HeldChannels
from community.updates import Update
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
    held_channels = HeldChannels([channel], instance_id=None)
    assert held_channels.route(KNOWN) is channel
    assert held_channels.route("wechaty:room") is None
    assert not held_channels.depends_on_connections


def test_of_two_accounts_that_which_is_there_and_else_the_first() -> None:
    first, second = two()
    held_channels = HeldChannels([first, second], instance_id=None)
    assert held_channels.route(KNOWN) is second
    assert held_channels.route(UNKNOWN) is first
    assert held_channels.holder(KNOWN) is None


def test_shared_with_others_only_what_is_held() -> None:
    first, second = two()
    held_channels = HeldChannels([first, second], instance_id=2)
    assert not held_channels.serves(KNOWN)
    assert held_channels.holder_numbers == {2}
    one, other = held_channels.leased
    one.acquire()
    assert held_channels.route(UNKNOWN) is first
    assert not held_channels.serves(KNOWN)
    one.release()
    other.acquire()
    assert held_channels.route(KNOWN) is second
    assert not held_channels.serves(UNKNOWN)
    assert held_channels.holder(KNOWN) == other.lease
    assert held_channels.holder_numbers == {2, other.lease}


@pytest.mark.parametrize(("knows", "speaks"), [({}, True), ({KNOWN: False}, False)])
def test_an_implementation_that_dials_is_held_by_whom_it_dials(
    knows: dict[str, bool], speaks: bool
) -> None:
    held_channels = HeldChannels([Knowing(knows=knows)], instance_id=2)
    assert held_channels.leased == []
    assert held_channels.serves(KNOWN) is speaks
    assert held_channels.holder(KNOWN) == 2


@dataclass
class Sharing(FakeChannel, SharesGroups):
    """A channel of which another process may run accounts in the same groups."""

    @override
    def is_shared(self, update: Update) -> bool:
        return True

    @override
    def may_speak(self, group: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("channels", "instance_id", "shared"),
    [
        ([Sharing(address="ws://a"), Sharing(address="ws://b")], 2, True),
        ([Sharing()], 2, True),  # it may dial another process as well
        ([Sharing(address="ws://a")], 2, False),  # one process runs it, and there is no other one
        ([Sharing(address="ws://a"), Sharing(address="ws://b")], None, False),
        ([FakeChannel()], 2, False),
    ],
)
def test_copies_come_only_where_another_process_may_hear_the_same(
    channels: list[FakeChannel], instance_id: int | None, shared: bool
) -> None:
    held_channels = HeldChannels(channels, instance_id=instance_id)
    expected = channels if shared else [None] * len(channels)
    assert [one.shares for one in held_channels.all] == expected


@dataclass
class Wired(Knowing, Connectable):
    """Knows whether it reaches its platform."""

    connected: bool = True


def test_connected_is_each_account_that_is_held() -> None:
    first, second = Wired(address="ws://a", connected=False), Wired(address="ws://b")
    assert HeldChannels([first, second], instance_id=None).connected == {"onebot": False}
    assert HeldChannels([second, first], instance_id=None).connected == {"onebot": False}
    held_channels = HeldChannels([first, second], instance_id=2)
    assert held_channels.connected == {}
    held_channels.leased[1].acquire()
    assert held_channels.connected == {"onebot": True}
    held_channels.leased[0].acquire()
    assert held_channels.connected == {"onebot": False}


def test_away_is_whatever_this_process_runs_and_does_not_reach() -> None:
    dialled, dials = Wired(address="ws://a", connected=False), Wired("wechaty", connected=False)
    assert HeldChannels([dialled, dials], instance_id=None).disconnected(alone=True) == {
        "onebot",
        "wechaty",
    }
    held_channels = HeldChannels([dialled, dials], instance_id=2)
    assert held_channels.disconnected(alone=True) == {
        "wechaty"
    }  # nobody has given us the other one
    assert held_channels.disconnected(alone=False) == set()  # it may have dialled another process
    held_channels.leased[0].acquire()
    assert held_channels.disconnected(alone=False) == {"onebot"}
    dialled.connected = dials.connected = True
    assert held_channels.disconnected(alone=True) == set()
