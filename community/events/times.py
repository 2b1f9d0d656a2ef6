"""A point in time as people type it: 11月28日 14:00, 明天下午2点, 下周三晚上7点半. Pure."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from community.covenant import numeral

WEEKDAYS = "一二三四五六日"
_FIGURES = "零一二两三四五六七八九十"
_DATE = re.compile(r"(?:(20\d{2})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?")
_DAY_ALONE = re.compile(r"(?:本月|下个?月)?\d{1,2}\s*[日号]")
_NEAR = re.compile(r"(大后|后|今|明|昨|前)(?:天|日|(?=[早晚]))")
_WEEK = re.compile(r"(下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_NAMED = re.compile(r"\s*+[（(]?\s*+(?:周|星期|礼拜)([一二三四五六日天])\s*[)）]?")
_CLOCK = re.compile(
    r"[\s，,的]*+(凌晨|清晨|早上|早晨|早|上午|中午|午后|下午|傍晚|晚上|夜里|晚)?\s*+"
    rf"(?:(\d{{1,2}})\s*[:：]\s*(\d{{2}})(?!\d)|(\d{{1,2}}|[{_FIGURES}]{{1,3}})\s*[点點时]钟?"
    rf"(?:\s*(半|一刻|三刻|整)|\s*(\d{{1,2}}|[{_FIGURES}]{{1,3}})(?!\s*[人位])\s*分?)?)"
)
_BEFORE_NIGHT = re.compile(r"[\s，,的]*+(?:凌晨|清晨|早|上午|中午|午后|下午|傍晚)")
_DAYS = {"前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_WEEKS = {"本": 0, "这": 0, "下": 1, "下下": 2}
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}
_LATE = frozenset({"午后", "下午", "傍晚", "晚上", "夜里", "晚"})
_NIGHT = frozenset({"晚上", "夜里", "晚"})
_UNTIL = " -－–—~～到至结束（）()"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_LONG_AGO = timedelta(days=180)  # a day without a year that lies so far back is one of next year
_EARLY = 7  # 7点 may be either, 8点 hardly
_SMALL_HOURS = 5  # 晚上 1点 may be of this day or of the next


@dataclass(frozen=True)
class Reading:
    """What was understood; without ``at`` it tells what is wrong."""

    at: datetime | None = None
    trouble: str = ""
    rest: str = ""  # what stands behind it


def read(text: str, *, now: datetime, whole_day: bool = False) -> Reading:
    """The time that a text begins with, in the zone of ``now``.

    With ``whole_day`` a day alone means its end, also 周五晚上.
    """
    text = text.translate(_WIDE).strip()
    try:
        day, rest = _day(text, now.date())
        clock = _CLOCK.match(rest)
        if clock is None and whole_day and not _names_hour(rest):
            return Reading(datetime.combine(day, time(23, 59), now.tzinfo), rest=rest.strip())
        hour, minute = _hour(clock)
    except ValueError as error:
        return Reading(trouble=str(error))
    at = datetime.combine(day, time(hour % 24, minute), now.tzinfo) + timedelta(days=hour // 24)
    weekday = _WEEK.match(text)
    if at <= now and weekday is not None and weekday[1] is None and day == now.date():
        at += timedelta(days=7)
    return Reading(at, rest=rest[clock.end() if clock else 0 :].strip())


def read_end(text: str, *, start: datetime) -> str:
    """What stands behind a start, 到5点 or -17:00, as 17:00; "" where that is no time."""
    found = _CLOCK.fullmatch(text.strip(_UNTIL))
    if found is None:
        return ""
    hour, minute = _figures(found)
    hour = _of_day(found[1] or "", hour)
    if hour <= start.hour and hour < 12:  # 下午2点到5点
        hour += 12
    return f"{hour}:{minute:02}" if start.hour <= hour < 24 and minute < 60 else ""


def _day(text: str, today: date) -> tuple[date, str]:
    """The day, and what stands behind it. Raises ValueError with the trouble."""
    if found := _DATE.match(text):
        day = _named_day(found, today)
        rest = text[found.end() :]
        if (named := _NAMED.match(rest)) is None:
            return day, rest
        if _weekday(named[1]) != day.weekday():
            raise ValueError(f"{day.month}月{day.day}日是周{WEEKDAYS[day.weekday()]}")
        return day, rest[named.end() :]
    if found := _NEAR.match(text):
        return today + timedelta(days=_DAYS[found[1]]), text[found.end() :]
    if found := _WEEK.match(text):
        wanted, monday = _weekday(found[2]), today - timedelta(days=today.weekday())
        if found[1] is None:
            return today + timedelta(days=(wanted - today.weekday()) % 7), text[found.end() :]
        return monday + timedelta(days=wanted, weeks=_WEEKS[found[1]]), text[found.end() :]
    raise ValueError("没写是几月" if _DAY_ALONE.match(text) else "没写是哪一天")


def _named_day(found: re.Match[str], today: date) -> date:
    for year in [int(found[1])] if found[1] else [today.year, today.year + 1]:
        with suppress(ValueError):  # 2月29日 may be one of next year
            day = date(year, int(found[2]), int(found[3]))
            if found[1] or today - day <= _LONG_AGO:
                return day
    raise ValueError(f"没有「{found[0].strip()}」这一天")


def _weekday(sign: str) -> int:
    return WEEKDAYS.index("日" if sign == "天" else sign)


def _names_hour(rest: str) -> bool:
    return any(sign.isdigit() for sign in rest) or _BEFORE_NIGHT.match(rest) is not None


def _hour(clock: re.Match[str] | None) -> tuple[int, int]:
    """Hour, up to 24, and minute. Raises ValueError with the trouble."""
    if clock is None:
        raise ValueError("没写是几点")
    hour, minute = _figures(clock)
    if clock[4] and not clock[1] and 1 <= hour <= _EARLY:
        raise ValueError(f"{hour} 点是上午还是下午")
    if clock[1] in _NIGHT and (hour < _SMALL_HOURS or (hour == 12 and minute)):
        raise ValueError("过了半夜，写第二天的日期和凌晨几点")
    hour = _of_day(clock[1] or "", hour)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError(f"没有「{clock[0].strip()}」这个时间")
    return hour, minute


def _figures(clock: re.Match[str]) -> tuple[int, int]:
    minute = _number(clock[3] or clock[6] or "0") or _MINUTES.get(clock[5] or "", 0)
    return _number(clock[2] or clock[4]), minute


def _number(text: str) -> int:
    return int(text) if text.isdigit() else numeral(text.lstrip("零") or "零")


def _of_day(part: str, hour: int) -> int:
    """下午 2 is 14, 晚上 12 the end of the day, 凌晨 12 its beginning."""
    if part in _LATE and hour < 12:
        return hour + 12
    if part in _NIGHT and hour == 12:
        return 24
    if part == "中午" and hour < 4:
        return hour + 12
    return 0 if part == "凌晨" and hour == 12 else hour
