"""When members are reminded of their dues. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAYS = (-14, -1, 1)  # from the last day that is paid for
_MORNING = time(9)


def moments(paid_until: date, zone: ZoneInfo) -> Sequence[datetime]:
    """When a member is reminded: two weeks and a day before the end, and once after it."""
    days = (paid_until + timedelta(days=day) for day in _DAYS)
    return [datetime.combine(day, _MORNING, zone) for day in days]


def next_moment(paid_until: date, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The first reminder that is still to come."""
    return next((at for at in moments(paid_until, zone) if at > now), None)
