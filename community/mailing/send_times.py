"""When letters come: at nine in the morning where the community lives. Pure."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_MORNING = time(9)
_DAYS = {"daily": 1, "weekly": 7}


def last(rhythm: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment that has come last, now at the latest; None: there are none."""
    days = _DAYS.get(rhythm)
    if days is None:
        return None
    local = now.astimezone(zone)
    day = local.date() if local.time() >= _MORNING else local.date() - timedelta(days=1)
    if days == 7:
        day -= timedelta(days=day.weekday())  # Monday
    return datetime.combine(day, _MORNING, zone).astimezone(now.tzinfo)


def following(rhythm: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment, later than now."""
    before = last(rhythm, now=now, zone=zone)
    if before is None:
        return None
    day = before.astimezone(zone).date() + timedelta(days=_DAYS[rhythm])
    return datetime.combine(day, _MORNING, zone).astimezone(now.tzinfo)


def one_before(rhythm: str, moment: datetime, *, zone: ZoneInfo) -> datetime | None:
    """When the last letter before that moment was due; None: there is no such rhythm."""
    return last(rhythm, now=moment - timedelta(seconds=1), zone=zone)


def is_due(rhythm: str, *, since: datetime, now: datetime, zone: ZoneInfo) -> bool:
    """A moment has come since then; what is wanted at once is always due."""
    if rhythm == "now":
        return True
    moment = last(rhythm, now=now, zone=zone)
    return moment is not None and since <= moment
