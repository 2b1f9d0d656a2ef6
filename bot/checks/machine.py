"""The machine: its clock, its time zones, the dictionary, the log."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.errors import StartError
from bot.finding import Finding
from bot.logs import is_json, level_from
from matching import Analyser

WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # no clock that is right shows less
SLACK = timedelta(minutes=5)
NAMED = 3  # communities in one line
SAMPLE, WORDS = "找一位懂跨境电商的合伙人", ("跨境电商", "合伙人")


def clock(now: datetime, newest: datetime | None) -> Finding:
    """Whether the clock can be right. ``newest``: when the last message came in."""
    fix = "打开系统的自动对时（NTP）"
    if now < WRITTEN:
        return Finding(ok=False, text=f"时钟：{now:%Y-%m-%d}，早于这个程序写成的日子", fix=fix)
    if newest is not None and now < newest - SLACK:
        text = f"时钟：{now:%Y-%m-%d %H:%M}，早于数据库里最新的消息（{newest:%Y-%m-%d %H:%M}）"
        return Finding(ok=False, text=f"{text}（UTC）", fix=fix)
    return Finding(ok=True, text=f"时钟：{now:%Y-%m-%d %H:%M}（UTC）")


def zones(names: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """The local time in each zone; ``names``: community to time zone."""
    living: dict[str, list[str]] = {}
    for community, zone in names.items():
        living.setdefault(zone, []).append(community)
    for zone, communities in living.items():
        who = _few(communities)
        try:
            local = now.astimezone(ZoneInfo(zone))
        except (KeyError, ValueError, OSError):
            fix = "安装时区数据：pip install tzdata"
            yield Finding(ok=False, text=f"时区：社群 {who} 的 {zone} 没有数据", fix=fix)
        else:
            yield Finding(ok=True, text=f"时区：社群 {who} 现在是 {local:%H:%M}（{zone}）")


def _few(communities: Sequence[str]) -> str:
    """A bot may serve hundreds of them."""
    shown = "、".join(communities[:NAMED])
    return shown if len(communities) <= NAMED else f"{shown} 等 {len(communities)} 个"


def dictionary() -> Finding:
    """Whether words can be told apart."""
    fix = "重新安装：make clean setup"
    try:
        units = Analyser().analyse(SAMPLE, "need").units
    except (ImportError, OSError, ValueError) as error:
        return Finding(ok=False, text=f"词典：读不出来（{type(error).__name__}）", fix=fix)
    words = [unit.surface for unit in units]
    if not set(WORDS) <= set(words):
        text = f"词典：把“{SAMPLE}”切成了 {'、'.join(words)}"
        return Finding(ok=False, text=text, fix=fix)
    return Finding(ok=True, text=f"词典：能切出 {'、'.join(words)}")


def log_level(environ: Mapping[str, str]) -> Finding:
    """How much is logged."""
    try:
        level, how = level_from(environ), "，写成 JSON" if is_json(environ) else ""
    except StartError as error:
        return Finding(ok=False, text=f"日志：{error.text}", fix="改好或删掉这个环境变量")
    if level in ("DEBUG", "TRACE"):
        hint = "会写下成员的名字和消息，只在找毛病时用"
        return Finding(ok=True, text=f"日志：级别是 {level}{how}", fix=hint)
    return Finding(ok=True, text=f"日志：级别是 {level}{how}")
