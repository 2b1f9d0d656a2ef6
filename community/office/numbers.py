"""How the community is doing, week by week: for the dashboard and for the group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from community.scene import Scene
from community.vetting.states import WAITING
from storage.queries.pool import numbers as queries
from storage.queries.vetting import applications

WEEKS: Final = 26
DAYS: Final = 90  # how far back shares and medians look
_MOST: Final = 5_000  # posts for a median
_HOUR: Final = timedelta(hours=1)
_LATELY: Final = 4  # weeks that a caption names


@dataclass(frozen=True)
class Series:
    """One line of a picture."""

    name: str
    values: Sequence[int]


@dataclass(frozen=True)
class Chart:
    """What a picture shows, in whole numbers, one for each week."""

    name: str
    title: str
    weeks: Sequence[str]
    series: Sequence[Series]
    stacked: bool


@dataclass(frozen=True)
class Numbers:
    """The dashboard."""

    members: int
    newcomers: int  # this week
    posts: int  # this week
    waiting: int
    asked: int  # posts of the last DAYS
    answered: int
    to_match: float | None  # hours, in the middle
    to_done: float | None
    charts: Sequence[Chart]

    @property
    def share(self) -> str:
        """Of the posts, how many came to something: 62%."""
        return f"{self.answered / self.asked:.0%}" if self.asked else "–"

    def chart(self, name: str) -> Chart | None:
        """The chart of that name."""
        return next((one for one in self.charts if one.name == name), None)


def numbers(scene: Scene) -> Numbers:
    """Count."""
    session, here = scene.session, scene.community_id
    cuts = mondays(scene.now, scene.settings.zone, WEEKS)
    joined = queries.members_by_span(session, community_id=here, cuts=cuts)
    posted = queries.posts_by_span(session, community_id=here, cuts=cuts)
    since = scene.now - timedelta(days=DAYS)
    asked, answered = queries.answered(session, community_id=here, since=since)
    courses = queries.courses(session, community_id=here, since=since, limit=_MOST)
    waiting = applications.count_in(session, community_id=here, states=WAITING)
    weeks = [f"{cut.month}/{cut.day}" for cut in cuts]
    growth = list(accumulate(joined))[1:]
    return Numbers(
        members=sum(joined),
        newcomers=joined[-1],
        posts=sum(each[-1] for each in posted.values()),
        waiting=waiting,
        asked=asked,
        answered=answered,
        to_match=_middle((made, matched) for made, matched, _ in courses),
        to_done=_middle((made, done) for made, _, done in courses),
        charts=(
            Chart("members", "成员", weeks, (Series("成员", growth),), stacked=False),
            Chart(
                "posts", "每周的帖子", weeks,
                (Series("需求", posted["need"]), Series("供给", posted["offer"])), stacked=True,
            ),
        ),
    )  # fmt: skip


def mondays(now: datetime, zone: ZoneInfo, count: int) -> list[datetime]:
    """When the last weeks began where the community lives, this one at the end."""
    today = now.astimezone(zone).date()
    this = today - timedelta(days=today.weekday())
    return [
        datetime.combine(this - timedelta(weeks=back), time.min, zone)
        for back in range(count - 1, -1, -1)
    ]


def caption(scene: Scene, found: Numbers, chart: Chart) -> str:
    """The picture in words: WeChat shows pictures of a bot as text."""
    lately = range(-min(_LATELY, len(chart.weeks)), 0)
    if chart.name == "members":
        told = "、".join(f"{chart.weeks[at]} {chart.series[0].values[at]} 位" for at in lately)
        lines = [f"成员 {found.members} 位，本周新增 {found.newcomers} 位。", f"最近几周：{told}"]
    else:
        week = "、".join(f"{one.name} {one.values[-1]} 条" for one in chart.series)
        told = "、".join(
            f"{chart.weeks[at]} {sum(one.values[at] for one in chart.series)} 条" for at in lately
        )
        lines = [f"本周{week}。", f"最近几周：{told}"]
        if found.asked:
            lines.append(f"{DAYS} 天里的 {found.asked} 条，{found.share} 有了着落。")
    return "\n".join([f"「{scene.settings.name}」{chart.title}", *lines])


def _middle(times: Iterable[tuple[datetime, datetime | None]]) -> float | None:
    hours = [(later - made) / _HOUR for made, later in times if later is not None]
    return max(0.0, median(hours)) if hours else None
