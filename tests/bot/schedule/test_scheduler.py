"""Work that is due by the clock."""

import asyncio
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlmodel import select
from typing_extensions import override

from bot.retry import Retry
from bot.schedule.scheduler import Schedule
from bot.schedule.steps import Steps
from bot.schedule.ticks import KEEP_INBOX, KEEP_OUTBOX, Ticks
from community.updates import dump_update
from storage.database import Database
from storage.queries.learning import lookback
from storage.queries.traffic import outbox
from storage.tables import (
    Account,
    Chore,
    Fresh,
    Inbox,
    Member,
    Outbox,
    Post,
)
from tests.bot.outage import cut_off
from tests.bot.people import MEMBER, message
from tests.fakes import START, FakeClock
from tests.listening import listening, statements

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
LONG = 60.0  # seconds until a start that hangs goes on without what is due


class Scheduled:
    """A schedule, and what it wakes."""

    def __init__(self, ticks: Ticks, clock: FakeClock, *, patience: float = LONG) -> None:
        self.ticks = ticks
        self.woken: list[set[str]] = []
        self.swept = 0
        self.fault: Exception | None = None
        self.schedule = Schedule(
            ticks,
            wake=self.woken.append,
            retry=Retry(clock),
            sweep=self._sweep,
            log_slow_handlers=lambda: None,
            start_timeout=patience,
        )

    async def _sweep(self) -> None:
        self.swept += 1
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def scheduled(ticks: Ticks, clock: FakeClock) -> Scheduled:
    """A schedule."""
    return Scheduled(ticks, clock)


def post(database: Database) -> None:
    """A post that is near its end, by a member who can be told."""
    with database.begin() as session:
        member = Member(
            community_id="renren", id=1, name="张三", created_at=START, updated_at=START
        )
        session.add(member)
        session.flush()
        session.add(
            Account(community_id="renren", address=MEMBER, member_id=1, name="张三", seen_at=START)
        )
        session.add(
            Post(
                community_id="renren", id=1, author_id=1, kind="need", title="找仓库",
                text="找仓库", fingerprint="x", created_at=START, updated_at=START,
                expires_at=START + 7 * DAY, notice_at=START + 6 * DAY,
            )
        )  # fmt: skip


async def test_the_first_run_does_what_became_due_meanwhile(
    scheduled: Scheduled, database: Database, clock: FakeClock
) -> None:
    post(database)
    clock.advance(8 * DAY)
    await scheduled.schedule.start()
    scheduled.schedule.stop()
    assert {MEMBER} in scheduled.woken
    with database.read() as session:
        assert session.exec(select(Post.state)).one() == "expired"
        assert session.exec(select(Post.analysis_version)).one() != ""


@dataclass(frozen=True, kw_only=True)
class Slow(Ticks):
    """All that was ever posted has to be analysed anew: that takes until somebody ends it."""

    began: Callable[[str], object]
    enough: threading.Event = field(default_factory=threading.Event)

    @override
    def index(self) -> set[str]:
        """Wait."""
        self.began("index")
        self.enough.wait()
        return set()

    @override
    def look_back(self) -> set[str]:
        """What comes after it."""
        self.began("look_back")
        return set()


def slowly(ticks: Ticks, began: asyncio.Queue[str]) -> Slow:
    """The same, slow; what it begins is told to the running loop."""
    loop = asyncio.get_running_loop()
    return Slow(
        ticks.database, ticks.communities, ticks.analysers, ticks.clock,
        began=lambda name: loop.call_soon_threadsafe(began.put_nowait, name),
    )  # fmt: skip


async def test_a_start_does_not_wait_for_what_takes_long(
    ticks: Ticks, clock: FakeClock, log: io.StringIO
) -> None:
    began = asyncio.Queue[str]()
    slow = slowly(ticks, began)
    schedule = Scheduled(slow, clock, patience=0).schedule
    await schedule.start()
    assert schedule.running
    assert "后台接着做" in log.getvalue()
    assert await began.get() == "index"
    await schedule.run(slow.index)  # not while it is still at work
    slow.enough.set()
    assert await began.get() == "look_back"
    await schedule.run(slow.index)
    assert await began.get() == "index"
    schedule.stop()


async def test_a_tick_that_a_stop_cuts_off_is_no_fault(ticks: Ticks, clock: FakeClock) -> None:
    began = asyncio.Queue[str]()
    slow = slowly(ticks, began)
    schedule = Scheduled(slow, clock).schedule
    running = asyncio.create_task(schedule.job(schedule.run, slow.index))
    await began.get()
    running.cancel()
    await running
    slow.enough.set()


async def test_a_tick_that_runs_twice_does_its_work_once(
    ticks: Ticks, database: Database, clock: FakeClock
) -> None:
    post(database)
    clock.advance(6 * DAY)
    assert ticks.expire() == {MEMBER}
    assert ticks.expire() == set()
    with database.read() as session:
        assert len(session.exec(select(Outbox)).all()) == 1


def fresh(database: Database, count: int) -> None:
    """Members whose profiles are new."""
    members = range(1, count + 1)
    with database.begin() as session:
        for number in members:
            session.add(
                Member(community_id="renren", id=number, created_at=START, updated_at=START)
            )
        session.flush()
        lookback.mark(session, community_id="renren", since=dict.fromkeys(members, START))


def undone(database: Database) -> list[int]:
    """How many are not looked at, and how many not indexed."""
    with database.read() as session:
        behind = session.exec(select(Member).where(Member.analysis_version == "")).all()
        return [len(session.exec(select(Fresh)).all()), len(behind)]


@pytest.mark.parametrize(("tick", "done"), [("look_back", [1, 0]), ("index", [0, 20])])
async def test_what_takes_long_ends_with_the_step_in_which_it_is_told_to_stop(
    scheduled: Scheduled, database: Database, clock: FakeClock, tick: str, done: list[int]
) -> None:
    fresh(database, 60)
    clock.advance(DAY)
    before = undone(database)
    with listening(database, "commit", lambda *_: scheduled.schedule.halt()):
        await scheduled.schedule.run(getattr(scheduled.ticks, tick))
    assert undone(database) == [was - now for was, now in zip(before, done, strict=True)]


def test_a_community_has_learned_before_the_next_one_begins(ticks: Ticks) -> None:
    with listening(ticks.database, "commit", lambda *_: ticks.steps.stop()):
        ticks.learn()
    with ticks.database.read() as session:
        assert session.exec(select(Chore.community_id)).all() == ["renren"]


def test_who_has_learned_tonight_costs_nothing_until_tomorrow(
    ticks: Ticks, clock: FakeClock
) -> None:
    ticks.learn()
    with statements(ticks.database) as asked:
        ticks.learn()
    assert len(asked) == 1
    clock.advance(DAY)
    with statements(ticks.database) as asked:
        ticks.learn()
    assert len(asked) > 1


async def test_who_stops_a_bot_that_starts_does_not_wait_for_the_work_of_the_clock(
    scheduled: Scheduled, database: Database, clock: FakeClock
) -> None:
    fresh(database, 60)
    clock.advance(DAY)
    before = undone(database)
    scheduled.schedule.halt()
    await scheduled.schedule.start()
    scheduled.schedule.stop()
    assert undone(database) == before


async def test_an_outage_is_waited_out_by_the_next_tick(
    scheduled: Scheduled, ticks: Ticks, database: Database, clock: FakeClock, log: io.StringIO
) -> None:
    post(database)
    clock.advance(6 * DAY)
    with cut_off(database, times=100):
        for _ in range(3):
            await scheduled.schedule.run(ticks.expire)
            await scheduled.schedule.run(ticks.index)
    assert log.getvalue().count("ERROR") == 1
    assert scheduled.woken == []
    await scheduled.schedule.run(ticks.expire)
    assert scheduled.woken == [{MEMBER}]


async def test_a_fault_in_a_tick_stops_neither_the_start_nor_the_next_time(
    ticks: Ticks, clock: FakeClock, log: io.StringIO
) -> None:
    def fail() -> set[str]:
        raise ValueError("张三")

    scheduled = Scheduled(ticks, clock)
    await scheduled.schedule.run(fail)
    assert log.getvalue().startswith("ERROR tick fail: ValueError in ")
    assert "张三" not in log.getvalue()
    scheduled.fault = ValueError("张三")
    await scheduled.schedule.sweep()
    assert log.getvalue().count("ERROR") == 2
    assert scheduled.swept == 1


async def test_a_schedule_may_be_stopped_twice(scheduled: Scheduled) -> None:
    scheduled.schedule.stop()
    await scheduled.schedule.start()
    scheduled.schedule.stop()
    scheduled.schedule.stop()


@pytest.mark.parametrize(("keep", "table"), [(KEEP_INBOX, Inbox), (KEEP_OUTBOX, Outbox)])
async def test_each_start_forgets_the_traffic_of_long_ago(
    ticks: Ticks,
    database: Database,
    clock: FakeClock,
    keep: timedelta,
    table: type[Inbox] | type[Outbox],
) -> None:
    said = message()
    with database.begin() as session:
        session.add(
            Inbox(
                channel=said.channel, key=said.key, lane=MEMBER, update=dump_update(said),
                state="done", sent_at=START, received_at=START,
            )
        )  # fmt: skip
        outbox.put(session, lane=MEMBER, action="{}", now=START)
    for passing, left in ((keep - DAY, 1), (2 * DAY, 0)):
        clock.advance(passing)
        schedule = Scheduled(replace(ticks, steps=Steps()), clock).schedule
        await schedule.start()
        schedule.stop()
        with database.read() as session:
            assert len(session.exec(select(table)).all()) == left
