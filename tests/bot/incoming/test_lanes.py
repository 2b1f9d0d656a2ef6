"""Handling in order within a conversation, side by side between conversations."""

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.incoming.lanes import SLOW_HANDLER, Lanes
from bot.outbox.job import ClaimPermit, Handled
from bot.retry import Retry
from tests.fakes import START, FakeClock

pytestmark = pytest.mark.anyio

LONG = 60.0  # seconds until a test that hangs fails


@dataclass
class Work:
    """Handlers that wait to be let go."""

    blocks: dict[int, threading.Event] = field(default_factory=dict)
    begun: dict[int, asyncio.Event] = field(default_factory=dict)
    faults: set[int] = field(default_factory=set)
    done: list[int] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)
    permits: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._loop = asyncio.get_running_loop()

    def hold(self, *ids: int) -> None:
        """These wait."""
        for one in ids:
            self.blocks[one] = threading.Event()
            self.begun[one] = asyncio.Event()

    def let_go(self, *ids: int) -> None:
        """These go on."""
        for one in ids:
            self.blocks[one].set()

    def ready(self, lane: str) -> ClaimPermit | None:
        """The sender waits for what comes."""
        return ClaimPermit(lane, lambda _: None)

    def heed(self, lane: str, handled: Handled) -> None:
        """A row of the lane was handled."""
        self.woken += [f"{lane}: {one}" for one in handled.lanes]

    def __call__(self, inbox_id: int, permit: ClaimPermit | None) -> Handled:
        """Handle a row, in a thread."""
        if permit is not None:
            self.permits.append(permit.lane)
        if inbox_id in self.begun:
            self._loop.call_soon_threadsafe(self.begun[inbox_id].set)
        if inbox_id in self.blocks:
            assert self.blocks[inbox_id].wait(LONG)
        if inbox_id in self.faults:
            raise ValueError("张三")
        self.done.append(inbox_id)
        return Handled({f"lane of {inbox_id}"})


@pytest.fixture
async def work() -> AsyncIterator[Work]:
    """Handlers; none is left waiting."""
    work = Work()
    yield work
    work.let_go(*work.blocks)


@pytest.fixture
async def make_lanes(work: Work, clock: FakeClock) -> AsyncIterator[Callable[[int], Lanes]]:
    """Lanes with so many threads."""
    made: list[Lanes] = []

    def make(workers: int) -> Lanes:
        made.append(
            Lanes(
                work,
                claim_permit=work.ready,
                on_handled=work.heed,
                clock=clock,
                retry=Retry(clock),
                workers=workers,
            )
        )
        return made[-1]

    yield make
    work.let_go(*work.blocks)
    for lanes in made:
        await lanes.stop()


Make = Callable[[int], Lanes]


async def test_order_within_a_lane(make_lanes: Make, work: Work) -> None:
    lanes = make_lanes(4)
    for n in range(50):
        lanes.push("a", n)
    await lanes.settle()
    assert work.done == list(range(50))
    assert work.woken == [f"a: lane of {n}" for n in range(50)]
    assert work.permits == ["a"] * 50


async def test_lanes_go_side_by_side(make_lanes: Make, work: Work) -> None:
    lanes = make_lanes(2)
    work.hold(1, 4)
    for lane, row in (("slow", 1), ("slow", 2), ("quick", 3), ("quick", 4)):
        lanes.push(lane, row)
    await work.begun[1].wait()
    await work.begun[4].wait()
    assert work.done == [3]
    work.let_go(1, 4)
    await lanes.settle()
    assert sorted(work.done) == [1, 2, 3, 4]
    assert work.done.index(1) < work.done.index(2)


async def test_a_row_that_waits_is_not_taken_twice(make_lanes: Make, work: Work) -> None:
    lanes = make_lanes(1)
    work.hold(1)
    lanes.push("a", 1)
    lanes.push("a", 2)
    await work.begun[1].wait()
    for again in (1, 2, 2):
        lanes.push("a", again)
    work.let_go(1)
    await lanes.settle()
    assert work.done == [1, 2]


async def test_a_fault_leaves_the_rest_of_the_lane_alone(
    make_lanes: Make, work: Work, log: io.StringIO
) -> None:
    lanes = make_lanes(1)
    work.faults = {2}
    for n in (1, 2, 3):
        lanes.push("a", n)
    await lanes.settle()
    assert work.done == [1, 3]
    assert log.getvalue().count("ERROR update 2") == 1
    assert "张三" not in log.getvalue()


async def test_a_stop_finishes_what_runs_and_keeps_the_rest(make_lanes: Make, work: Work) -> None:
    lanes = make_lanes(2)
    work.hold(1)
    for n in (1, 2, 3):
        lanes.push("a", n)
    await work.begun[1].wait()
    stopping = asyncio.create_task(lanes.stop())
    await asyncio.sleep(0)
    lanes.push("b", 4)
    work.let_go(1)
    async with asyncio.timeout(LONG):
        await stopping
    assert work.done == [1]
    assert work.woken == ["a: lane of 1"]
    assert not lanes.hanging


async def test_a_handler_that_hangs_is_told_of_once(
    make_lanes: Make, work: Work, clock: FakeClock, log: io.StringIO
) -> None:
    lanes = make_lanes(1)
    work.hold(7)
    lanes.push("a", 7)
    await work.begun[7].wait()
    lanes.log_slow_handlers()
    assert log.getvalue() == ""
    clock.advance(SLOW_HANDLER + timedelta(seconds=1))
    lanes.log_slow_handlers()
    lanes.log_slow_handlers()
    assert log.getvalue().splitlines() == [
        f"ERROR update 7 keeps its handler busy since {START:%H:%M:%S}"
    ]
    assert lanes.hanging
    work.let_go(7)
    await lanes.settle()
    assert not lanes.hanging


async def test_a_stop_does_not_wait_for_it_for_ever(make_lanes: Make, work: Work) -> None:
    lanes = make_lanes(1)
    work.hold(7)
    lanes.push("a", 7)
    await work.begun[7].wait()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await lanes.stop()
    assert lanes.hanging
