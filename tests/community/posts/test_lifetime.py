"""When a post ends."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from community.posts.lifetime import not_at_night


@pytest.mark.parametrize(
    ("zone", "end", "moved"),
    [
        ("Asia/Shanghai", "2026-03-09T21:59+08:00", "2026-03-09T21:59+08:00"),
        ("Asia/Shanghai", "2026-03-09T22:00+08:00", "2026-03-10T08:00+08:00"),
        ("Asia/Shanghai", "2026-03-09T02:30+08:00", "2026-03-09T08:00+08:00"),
        ("Asia/Shanghai", "2026-03-09T08:00+08:00", "2026-03-09T08:00+08:00"),
        ("Asia/Shanghai", "2026-12-31T15:00+00:00", "2027-01-01T08:00+08:00"),
        # The night in which the clock is put forward, and back.
        ("Europe/Berlin", "2026-03-28T23:00+01:00", "2026-03-29T08:00+02:00"),
        ("Europe/Berlin", "2026-10-25T02:30+01:00", "2026-10-25T08:00+01:00"),
    ],
)
def test_no_end_at_night(zone: str, end: str, moved: str) -> None:
    assert not_at_night(datetime.fromisoformat(end), ZoneInfo(zone)) == datetime.fromisoformat(
        moved
    )
