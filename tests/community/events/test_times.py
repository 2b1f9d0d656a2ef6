"""Times as people type them. It is Monday, 23 November 2026, ten in the morning."""

from datetime import datetime
from zoneinfo import ZoneInfo

from community.events.times import read, read_end

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


MEANT = [
    ("11月28日 14:00", "2026-11-28 14:00", ""),
    ("11月28日（周六）14：00", "2026-11-28 14:00", ""),
    ("11-28 19:30", "2026-11-28 19:30", ""),
    ("2026-11-28 14:00", "2026-11-28 14:00", ""),
    ("２０２６年１１月２８号下午两点", "2026-11-28 14:00", ""),
    ("1月5日 10点", "2027-01-05 10:00", ""),
    ("今晚7点半", "2026-11-23 19:30", ""),
    ("明天下午2点", "2026-11-24 14:00", ""),
    ("明早9点", "2026-11-24 09:00", ""),
    ("后天中午12点", "2026-11-25 12:00", ""),
    ("周六 14:00", "2026-11-28 14:00", ""),
    ("周一 9:00", "2026-11-30 09:00", ""),
    ("周一 11:00", "2026-11-23 11:00", ""),
    ("本周一 9:00", "2026-11-23 09:00", ""),
    ("2028年2月29日 24:00", "2028-03-01 00:00", ""),
    ("下周三晚上7点半", "2026-12-02 19:30", ""),
    ("本周日 上午十点一刻", "2026-11-29 10:15", ""),
    ("下个星期天 19点30分", "2026-12-06 19:30", ""),
    ("明天晚上十二点", "2026-11-25 00:00", ""),
    ("11月28日 14:00-17:00", "2026-11-28 14:00", "-17:00"),
    ("周六下午2点到5点", "2026-11-28 14:00", "到5点"),
]
UNCLEAR = [
    ("", "没写是哪一天"),
    ("14:00", "没写是哪一天"),
    ("周六", "没写是几点"),
    ("11月28日（周五）14:00", "11月28日是周六"),
    ("2月30日 14:00", "没有「2月30日」这一天"),
    ("周六 3点", "3 点是上午还是下午"),
    ("28号下午2点", "没写是几月"),
    ("今晚0点", "过了半夜，写第二天的日期和凌晨几点"),
    ("周六晚上12点半", "过了半夜，写第二天的日期和凌晨几点"),
    ("2月29日 14:00", "没有「2月29日」这一天"),
    ("周六 25:00", "没有「25:00」这个时间"),
    ("随便哪天", "没写是哪一天"),
]


def test_what_is_meant() -> None:
    for text, at, rest in MEANT:
        found = read(text, now=NOW)
        assert found.at is not None, text
        assert (text, f"{found.at:%Y-%m-%d %H:%M}", found.rest) == (text, at, rest)


def test_what_is_not_clear() -> None:
    for text, trouble in UNCLEAR:
        assert (text, read(text, now=NOW).trouble) == (text, trouble)


def test_when_it_ends() -> None:
    ends = {"到5点": "17:00", "-17:30": "17:30", "到晚上九点半": "21:30", "报到": "", "到1点": ""}
    start = NOW.replace(hour=14)
    assert {text: read_end(text, start=start) for text in ends} == ends


def test_a_day_alone_may_mean_its_end() -> None:
    for text in ("11月27日", "周五之前", "周五晚上"):
        found = read(text, now=NOW, whole_day=True)
        assert found.at == datetime(2026, 11, 27, 23, 59, tzinfo=ZONE), text
    assert read("周五中午", now=NOW, whole_day=True).trouble == "没写是几点"


def test_a_day_that_only_next_year_has() -> None:
    found = read("2月29日 10:00", now=NOW.replace(year=2027))
    assert found.at == datetime(2028, 2, 29, 10, 0, tzinfo=ZONE)
