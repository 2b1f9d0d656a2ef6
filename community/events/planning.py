"""What an event shall be, from what was typed: all that is missing or wrong is told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from community.covenant import numeral
from community.events import times
from community.events.drafting import Draft
from community.scene import Scene
from storage.tables import Event

SEATS = 12
MOST_SEATS = 500
FARTHEST = timedelta(days=730)
BEFORE = timedelta(hours=24)  # from the deadline to the start
LONGEST_TITLE = 60
LONGEST_PLACE = 100
LONGEST_NOTE = 1_000
_END, _BEHIND = "活动大约到 ", "时间说明："  # lines of the description that come from the time
_EVENT = re.compile(r"\s*+[#＃]?\s*+[EeＥｅ]?\s*+(\d{1,9})(?!\d)")
EXAMPLE = "11月28日 14:00"


@dataclass
class Plan:
    """Columns of an event as far as they were given, and what stands against them."""

    values: dict[str, Any] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)  # a line of the description


def read(scene: Scene, draft: Draft) -> Plan:
    """What the fields of a draft say, each by itself."""
    plan = Plan()
    if len(draft.title) > LONGEST_TITLE:
        plan.troubles.append(f"标题超出 {len(draft.title) - LONGEST_TITLE} 字")
    if len(draft.note) > LONGEST_NOTE:
        plan.troubles.append(f"说明超出 {len(draft.note) - LONGEST_NOTE} 字")
    for name, text in draft.fields.items():
        _READERS[name](scene, plan, text)
    return plan


def complete(scene: Scene, draft: Draft) -> Plan:
    """The plan of a new event, with what nobody has to say."""
    plan = read(scene, draft)
    values = {"title": draft.title, "note": draft.note, "cap": SEATS, "priority_id": None}
    missing = {
        "标题（第一行）": draft.title,
        f"时间（例如 时间 {EXAMPLE}）": draft.fields.get("time"),
        "地点": draft.fields.get("place"),
    }
    plan.values = {**values, **plan.values}
    _tell_end(plan, draft.note)
    lacking = [name for name, text in missing.items() if not text]
    if lacking:
        plan.troubles.insert(0, f"还差：{'、'.join(lacking)}")
    starts_at = plan.values.get("starts_at")
    if starts_at is not None and "closes_at" not in plan.values:
        plan.values["closes_at"] = _deadline(scene, starts_at, BEFORE)
    return _checked(plan)


def changed(scene: Scene, draft: Draft, event: Event) -> Plan:
    """The plan of an event that changes: the deadline moves with the start."""
    plan = read(scene, draft)
    if draft.title:
        plan.values["title"] = draft.title
    if draft.note or "starts_at" in plan.values:
        _tell_end(plan, draft.note or event.note)
    starts_at = plan.values.setdefault("starts_at", event.starts_at)
    if starts_at == event.starts_at:
        plan.values.setdefault("closes_at", event.closes_at)
    else:
        before = event.starts_at - event.closes_at
        plan.values.setdefault("closes_at", _deadline(scene, starts_at, before))
    return _checked(plan)


def _deadline(scene: Scene, starts_at: datetime, before: timedelta) -> datetime:
    """So long before the start; where that is past, one may sign up until it begins."""
    at = starts_at - before
    return at if at > scene.now else starts_at


def _checked(plan: Plan) -> Plan:
    starts_at, closes_at = plan.values.get("starts_at"), plan.values.get("closes_at")
    if starts_at is not None and closes_at is not None and closes_at > starts_at:
        plan.troubles.append("截止要在开始之前")
    return plan


def _tell_end(plan: Plan, note: str) -> None:
    """When it ends stands in the description; that of an earlier start is not true any more."""
    lines = [line for line in note.split("\n") if not line.startswith((_END, _BEHIND))]
    plan.values["note"] = "\n".join([*plan.ends, *lines]).strip()


def _time(scene: Scene, plan: Plan, text: str) -> None:
    found = _moment(scene, plan, text, "时间")
    if found is not None and found.at is not None:
        plan.values["starts_at"] = found.at.astimezone(UTC)
        end = times.read_end(found.rest, start=found.at)
        if found.rest:
            plan.ends = [f"{_END}{end} 结束" if end else f"{_BEHIND}{found.rest}"]


def _closes(scene: Scene, plan: Plan, text: str) -> None:
    found = _moment(scene, plan, text, "截止", whole_day=True)
    if found is not None and found.at is not None:
        plan.values["closes_at"] = found.at.astimezone(UTC)


def _moment(
    scene: Scene, plan: Plan, text: str, name: str, *, whole_day: bool = False
) -> times.Reading | None:
    if not text:  # it is missing, which is told with what else is
        return None
    found = times.read(text, now=scene.now.astimezone(scene.settings.zone), whole_day=whole_day)
    if found.at is None:
        plan.troubles.append(f"{name}「{text}」没看懂：{found.trouble}（写成 {EXAMPLE} 这样）")
    elif found.at <= scene.now:
        plan.troubles.append(f"{name}「{text}」已经过了")
    elif found.at - scene.now > FARTHEST:
        plan.troubles.append(f"{name}「{text}」太远了")
    return found


def _place(scene: Scene, plan: Plan, text: str) -> None:  # noqa: ARG001 – as the others
    if len(text) > LONGEST_PLACE:
        plan.troubles.append(f"地点超出 {len(text) - LONGEST_PLACE} 字")
    if text:
        plan.values["place"] = text


def _cap(scene: Scene, plan: Plan, text: str) -> None:  # noqa: ARG001 – likewise
    number = numeral(text.strip("约共最多限上 ").rstrip("人位个名 ").strip())
    if 1 <= number <= MOST_SEATS:
        plan.values["cap"] = number
    else:
        plan.troubles.append(f"人数「{text}」没看懂：写 1 到 {MOST_SEATS} 的数字")


def _priority(scene: Scene, plan: Plan, text: str) -> None:
    found = _EVENT.match(text)
    number = int(found[1]) if found else 0
    if scene.session.get(Event, (scene.community_id, number)) is None:
        plan.troubles.append(f"优先「{text}」没看懂：写以前活动的编号，例如 优先 E2")
    else:
        plan.values["priority_id"] = number


_READERS: Mapping[str, Callable[[Scene, Plan, str], None]] = {
    "time": _time,
    "place": _place,
    "cap": _cap,
    "closes": _closes,
    "priority": _priority,
}
