"""The clock jumps, and what is due is done all the same, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.schedule.ticks import Ticks
from community.mailing.send_times import following, is_due, last, one_before
from community.membership.reminder_dates import moments
from matching import Analyser
from storage.database import Database
from storage.tables import Outbox, Post
from tests.conversations.chat import Chat
from tests.fakes import FakeClock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "UTC")


@pytest.fixture
def ticks(database: Database, analyser: Analyser) -> Ticks:
    """Of a community in which somebody needs something for a week."""
    chat = Chat(database, analyser)
    assert "已记下" in chat.says("小明", "#求 找一位会计报税")
    chat.close()
    return chat.new_ticks()


def turn(ticks: Ticks, by: timedelta) -> int:
    """Let the clock jump, and do what is due, twice; gives how much was said by it."""
    assert isinstance(ticks.clock, FakeClock)
    before = said(ticks)
    ticks.clock.advance(by)
    for _ in range(2):
        ticks.expire()
        ticks.vet()
        ticks.remind()
        ticks.mail()
    return said(ticks) - before


def said(ticks: Ticks) -> int:
    with ticks.database.read() as session:
        return len(session.exec(select(Outbox.id)).all())


@pytest.mark.parametrize(
    ("jumps", "notices"),
    [
        ([6 * DAY], [1]),
        ([6 * DAY, -HOUR, HOUR], [1, 0, 0]),
        ([6 * DAY, DAY - HOUR, 2 * HOUR, -3 * HOUR, 3 * HOUR], [1, 0, 1, 0, 0]),
        ([-HOUR, HOUR, 6 * DAY], [0, 0, 1]),
        ([30 * DAY, -24 * DAY, 24 * DAY], [1, 0, 0]),
    ],
    ids=["ahead", "an hour back", "to and fro", "back first", "far ahead and back"],
)
def test_a_clock_that_jumps(ticks: Ticks, jumps: list[timedelta], notices: list[int]) -> None:
    assert [turn(ticks, jump) for jump in jumps] == notices


def test_two_schedulers_at_the_same_time(ticks: Ticks, database: Database) -> None:
    assert isinstance(ticks.clock, FakeClock)
    ticks.clock.advance(7 * DAY + HOUR)
    before = said(ticks)
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(ticks.expire) for _ in range(8)]
        assert sum(bool(one.result()) for one in done) == 1
    assert said(ticks) - before == 1
    with database.read() as session:
        assert session.exec(select(Post.state)).one() == "expired"


@pytest.mark.parametrize("zone", [ZoneInfo(name) for name in ZONES], ids=ZONES)
@pytest.mark.parametrize(("rhythm", "days"), [("daily", 1), ("weekly", 7)])
def test_a_year_of_mornings(zone: ZoneInfo, rhythm: str, days: int) -> None:
    """One letter on each day, at nine by the clock on the wall, and no hour is left out."""
    now = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
    found = []
    while now.year == 2026:
        now = following(rhythm, now=now, zone=zone) or now
        found.append(now)
    for before, after in pairwise(found):
        assert (after.astimezone(zone).date() - before.astimezone(zone).date()).days == days
        assert after.astimezone(zone).hour == 9
        assert one_before(rhythm, after, zone=zone) == before
        assert last(rhythm, now=after - timedelta(seconds=1), zone=zone) == before
        assert not is_due(rhythm, since=before + HOUR, now=after - HOUR, zone=zone)


def test_reminders_of_dues_come_at_nine_too() -> None:
    zone = ZoneInfo("America/New_York")
    day = datetime(2026, 3, 9, tzinfo=zone).date()  # the clocks go forward the day before
    assert [at.astimezone(UTC).hour for at in moments(day, zone)] == [14, 13, 13]
