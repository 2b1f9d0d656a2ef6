"""When letters come."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from community.mailing.send_times import following, is_due, last, one_before

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
FORMAT = "%m-%d %H:%M"


def utc(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "zone", "now", "before", "after"),
    [
        # 2 March 2026 is a Monday; nine in Shanghai is one o'clock in UTC.
        ("daily", SHANGHAI, "03-02 01:00", "03-02 01:00", "03-03 01:00"),
        ("daily", SHANGHAI, "03-02 00:59", "03-01 01:00", "03-02 01:00"),
        ("daily", SHANGHAI, "03-02 23:00", "03-02 01:00", "03-03 01:00"),
        ("weekly", SHANGHAI, "03-02 01:00", "03-02 01:00", "03-09 01:00"),
        ("weekly", SHANGHAI, "03-02 00:59", "02-23 01:00", "03-02 01:00"),
        ("weekly", SHANGHAI, "03-08 12:00", "03-02 01:00", "03-09 01:00"),
        # The clocks go forward on 8 March 2026.
        ("daily", NEW_YORK, "03-07 20:00", "03-07 14:00", "03-08 13:00"),
        ("weekly", NEW_YORK, "03-02 14:00", "03-02 14:00", "03-09 13:00"),
    ],
)
def test_nine_in_the_morning(
    rhythm: str, zone: ZoneInfo, now: str, before: str, after: str
) -> None:
    found = last(rhythm, now=utc(now), zone=zone), following(rhythm, now=utc(now), zone=zone)
    assert [one and one.strftime(FORMAT) for one in found] == [before, after]


@pytest.mark.parametrize(
    ("rhythm", "since", "now", "due"),
    [
        ("off", "03-02 00:00", "03-09 12:00", False),
        ("now", "03-02 05:00", "03-02 05:00", True),
        ("daily", "03-02 01:00", "03-02 01:20", True),
        ("daily", "03-02 05:00", "03-02 05:01", False),  # hurried by a match
        ("daily", "03-02 00:59", "03-02 01:01", True),  # hurried just before nine
        ("weekly", "03-03 01:00", "03-03 01:00", False),
        ("weekly", "02-27 01:00", "03-04 12:00", True),  # the bot was off on Monday
    ],
)
def test_what_is_due(rhythm: str, since: str, now: str, due: bool) -> None:
    assert is_due(rhythm, since=utc(since), now=utc(now), zone=SHANGHAI) is due


@pytest.mark.parametrize(
    ("rhythm", "moment", "before"),
    [
        ("daily", "03-08 13:00", "03-07 14:00"),  # a day of 23 hours
        ("daily", "11-01 14:00", "10-31 13:00"),  # a day of 25
        ("weekly", "11-02 14:00", "10-26 13:00"),
        ("daily", "07-02 13:00", "07-01 13:00"),
        ("weekly", "11-06 14:00", "11-02 14:00"),  # due for the other part of the letter
    ],
)
def test_the_letter_before(rhythm: str, moment: str, before: str) -> None:
    assert one_before(rhythm, utc(moment), zone=NEW_YORK) == utc(before)
    assert one_before("off", utc(moment), zone=NEW_YORK) is None
