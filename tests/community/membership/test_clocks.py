"""When members are reminded, whenever the bot happens to look."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from community.membership import probation, reminder_dates

ZONES = st.sampled_from([ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "UTC")])
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
BEGUN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LOOKS = st.lists(st.integers(1, 40 * 24 * 60), max_size=40)


def reminders(first: datetime | None, looks: list[datetime], following: object) -> list[datetime]:
    """The looks at which somebody is reminded, as the clock would go about it."""
    assert callable(following)
    told, due = [], first
    for now in sorted(looks):
        if due is not None and due <= now:
            told.append(now)
            due = following(now)
    return told


@given(DAYS, ZONES, LOOKS)
def test_dues_are_told_at_most_once_for_each_moment(
    until: date, zone: ZoneInfo, minutes: list[int]
) -> None:
    moments = reminder_dates.moments(until, zone)
    begun = moments[0] - timedelta(days=3)
    looks = [begun + timedelta(minutes=one) for one in minutes]
    told = reminders(
        reminder_dates.next_moment(until, begun, zone),
        looks,
        lambda now: reminder_dates.next_moment(until, now, zone),
    )
    passed = [sum(at <= now for at in moments) for now in told]
    assert passed == sorted(set(passed))
    assert len(told) <= 3
    last = max(looks, default=begun)
    assert bool(told) == (last >= moments[0])


@given(DAYS, ZONES, st.integers(-400, 400))
def test_the_next_moment_is_always_to_come(until: date, zone: ZoneInfo, days: int) -> None:
    now = datetime.combine(until, datetime.min.time(), zone) + timedelta(days=days)
    at = reminder_dates.next_moment(until, now, zone)
    assert at is None or (at > now and at.astimezone(zone).hour == 9)


@given(LOOKS)
def test_the_clock_of_a_newcomer_ends(minutes: list[int]) -> None:
    looks = [BEGUN + timedelta(minutes=one) for one in minutes]
    told = reminders(
        probation.next_moment(BEGUN, BEGUN),
        looks,
        lambda now: probation.next_moment(BEGUN, now),
    )
    over = [now for now in told if now >= BEGUN + timedelta(days=probation.DAYS)]
    assert len(told) <= 4
    assert len(over) <= 1
    assert probation.next_moment(BEGUN, BEGUN + timedelta(days=21)) is None
