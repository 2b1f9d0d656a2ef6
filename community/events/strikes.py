"""What it costs to stay away, to leave late, and to say nothing afterwards."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import Session

from community.events.wording import item, when
from community.scene import Scene
from storage.queries import counters
from storage.queries.events import strikes
from storage.tables import Event, Strike

LIVE = timedelta(days=20)
POINTS: Mapping[str, int] = MappingProxyType({"absent": 2, "late": 1, "feedback": 1})
REASONS: Mapping[str, str] = MappingProxyType(
    {"absent": "有名额没来", "late": "截止后取消", "feedback": "没写反馈"}
)
MOST = 3  # points from which on one comes last
_HOURS = {0: 0, 1: 3}  # after the opening; with more points the longest
_LONGEST_HOURS = 12


def live(scene: Scene, *, member_id: int) -> Sequence[Strike]:
    """What counts against the member now."""
    return strikes.since(
        scene.session, community_id=scene.community_id, member_id=member_id, at=scene.now - LIVE
    )


def points(scene: Scene, *, member_id: int) -> int:
    """How much that is."""
    return sum(one.points for one in live(scene, member_id=member_id))


def give(scene: Scene, event: Event, *, member_id: int, reason: str) -> str:
    """Write it down; gives what the member has to be told of it."""
    number = counters.take(scene.session, community_id=scene.community_id, name="strike")
    scene.session.add(
        Strike(
            community_id=scene.community_id, id=number, event_id=event.id, member_id=member_id,
            reason=reason, points=POINTS[reason], at=scene.now,
        )
    )  # fmt: skip
    scene.session.flush()
    total = points(scene, member_id=member_id)
    return (
        f"{REASONS[reason]}，记 {POINTS[reason]} 分，{LIVE.days} 天后清掉。"
        f"现在共 {total} 分：{_consequence(total)}。"
    )


def take_back(scene: Scene, event: Event, *, member_id: int, reason: str) -> bool:
    """It was a mistake; False: nothing was written down."""
    return strikes.drop(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        member_id=member_id,
        reason=reason,
    )


def prune(session: Session, *, now: datetime) -> None:
    """Forget what counts no more."""
    strikes.prune(session, before=now - LIVE)


def opens_at(event: Event, held: int) -> datetime:
    """When somebody with so many points may sign up; never so late that he could not at all."""
    delay = timedelta(hours=_HOURS.get(held, _LONGEST_HOURS))
    return event.created_at + min(delay, (event.closes_at - event.created_at) / 2)


def summary(scene: Scene, *, member_id: int) -> str:
    """What a member has, for what, until when, and what follows from it; "" for nothing."""
    held = live(scene, member_id=member_id)
    if not held:
        return ""
    total = sum(one.points for one in held)
    lines = [f"你有 {total} 分活动记分：{_consequence(total)}。"]
    lines += [f"{_line(scene, one)}，{when(scene, one.at + LIVE)} 清掉" for one in held]
    return "\n".join(lines)


def _line(scene: Scene, strike: Strike) -> str:
    event = scene.session.get_one(Event, (scene.community_id, strike.event_id))
    return f"{item(event)}{REASONS[strike.reason]}，{strike.points} 分"


def _consequence(total: int) -> str:
    """What so many points mean from now on."""
    hours = _HOURS.get(total, _LONGEST_HOURS)
    last = "，没有优先，候补排在最后" if total >= MOST else ""
    return f"新活动开放 {hours} 小时后你才能报名{last}"
