"""Where another process answers, this one does not, for as long as that one is there."""

from datetime import timedelta

from bot.coordination.held_channels import HeldChannels
from bot.coordination.neighbours import PATIENCE, Neighbours
from tests.fakes import FakeChannel, FakeClock

GROUP, OTHER = "onebot:100", "onebot:200"
MOMENT = timedelta(seconds=1)


def test_until_this_process_takes_something_itself(clock: FakeClock) -> None:
    neighbours = Neighbours(clock)
    assert not neighbours.answers(GROUP)
    neighbours.note_theirs(GROUP)
    assert neighbours.answers(GROUP)
    assert not neighbours.answers(OTHER)
    neighbours.note_ours(GROUP)
    assert not neighbours.answers(GROUP)


def test_not_for_ever(clock: FakeClock) -> None:
    neighbours = Neighbours(clock)
    neighbours.note_theirs(GROUP)
    clock.advance(PATIENCE - MOMENT)
    assert neighbours.answers(GROUP)
    clock.advance(MOMENT)
    assert not neighbours.answers(GROUP)


def test_until_some_process_is_gone(clock: FakeClock) -> None:
    neighbours = Neighbours(clock)
    neighbours.note_present([2])
    neighbours.note_theirs(GROUP)
    neighbours.note_present([2, 4])  # one more
    assert neighbours.answers(GROUP)
    neighbours.note_present([4])
    assert not neighbours.answers(GROUP)


def test_only_where_processes_share_the_groups(clock: FakeClock) -> None:
    neighbours = Neighbours(clock)
    dials, dialled = FakeChannel(), FakeChannel(address="ws://a")
    sharing = HeldChannels([dials], instance_id=2, neighbours=neighbours)
    alone = HeldChannels([dialled], instance_id=2, neighbours=neighbours)
    alone.leased[0].acquire()
    for heard in (False, True):
        assert alone.serves(GROUP)
        assert sharing.serves(GROUP) is not heard
        neighbours.note_theirs(GROUP)
    assert sharing.serves(OTHER)
