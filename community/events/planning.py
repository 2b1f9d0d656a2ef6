"""What an event shall be, from what was typed: all that is missing or wrong is told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
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
_NONE = frozenset({"无", "没有", "不要", "取消"})
_NEEDED: Mapping[str, str] = MappingProxyType(
    {"title": "标题（第一行）", "time": f"时间（例如 时间 {EXAMPLE}）", "place": "地点"}
)


@dataclass
class Plan:
    """Columns of an event as far as they were given, and what stands against them."""

    values: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)  # by the field
    lacking: dict[str, str] = field(default_factory=dict)  # likewise what has to be said
    ends: list[str] = field(default_factory=list)  # a line of the description

    def refuse(self, name: str, why: str) -> None:
        """What was said there will not do."""
        self.wrong.setdefault(name, []).append(why)

    @property
    def troubles(self) -> list[str]:
        """All that stands against it."""
        first = [f"还差：{'、'.join(self.lacking.values())}"] if self.lacking else []
        return first + [why for found in self.wrong.values() for why in found]

    @property
    def beside(self) -> dict[str, str]:
        """The same beside the fields of a form."""
        lacking = dict.fromkeys(self.lacking, "还没写。")
        return lacking | {name: "；".join(found) + "。" for name, found in self.wrong.items()}


def read(scene: Scene, draft: Draft) -> Plan:
    """What the fields of a draft say, each by itself."""
    plan = Plan()
    if len(draft.title) > LONGEST_TITLE:
        plan.refuse("title", f"标题超出 {len(draft.title) - LONGEST_TITLE} 字")
    if len(draft.note) > LONGEST_NOTE:
        plan.refuse("note", f"说明超出 {len(draft.note) - LONGEST_NOTE} 字")
    for name, text in draft.fields.items():
        _READERS[name](scene, plan, text)
    return plan


def complete(scene: Scene, draft: Draft) -> Plan:
    """The plan of a new event, with what nobody has to say."""
    plan = read(scene, draft)
    values = {"title": draft.title, "note": draft.note, "cap": SEATS, "priority_id": None}
    said = {"title": draft.title, **draft.fields}
    plan.lacking = {name: told for name, told in _NEEDED.items() if not said.get(name)}
    plan.values = {**values, **plan.values}
    _tell_end(plan, draft.note)
    starts_at = plan.values.get("starts_at")
    if starts_at is not None and "closes_at" not in plan.values:
        plan.values["closes_at"] = _deadline(scene, starts_at, BEFORE)
    return _checked(plan)


def changed(scene: Scene, draft: Draft, event: Event) -> Plan:
    """The plan of an event that changes: the deadline moves with the start."""
    plan = read(scene, draft)
    gone = draft.emptied
    plan.lacking = {name: told for name, told in _NEEDED.items() if name in gone}
    if draft.title:
        plan.values["title"] = draft.title
    if "cap" in gone:
        plan.values["cap"] = SEATS
    if "priority" in gone:
        plan.values["priority_id"] = None
    if plan.values.get("priority_id") == event.id:
        plan.refuse("priority", f"优先写的是 E{event.id} 自己：写以前活动的编号，例如 优先 E2")
    note = draft.note or ("" if "note" in gone else event.note)
    if "starts_at" in plan.values:
        _tell_end(plan, note)
    elif note != event.note:
        plan.values["note"] = note
    starts_at = plan.values.setdefault("starts_at", event.starts_at)
    if "closes" in gone:
        plan.values["closes_at"] = _deadline(scene, starts_at, BEFORE)
    elif starts_at == event.starts_at:
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
        plan.refuse("closes", "截止要在开始之前")
    return plan


def _tell_end(plan: Plan, note: str) -> None:
    """When it ends stands in the description; that of an earlier start is not true any more."""
    lines = [line for line in note.split("\n") if not line.startswith((_END, _BEHIND))]
    plan.values["note"] = "\n".join([*plan.ends, *lines]).strip()


def _time(scene: Scene, plan: Plan, text: str) -> None:
    found = _moment(scene, plan, text, "time")
    if found is not None and found.at is not None:
        plan.values["starts_at"] = found.at.astimezone(UTC)
        end = times.read_end(found.rest, start=found.at)
        if found.rest:
            plan.ends = [f"{_END}{end} 结束" if end else f"{_BEHIND}{found.rest}"]


def _closes(scene: Scene, plan: Plan, text: str) -> None:
    found = _moment(scene, plan, text, "closes", whole_day=True)
    if found is not None and found.at is not None:
        plan.values["closes_at"] = found.at.astimezone(UTC)


def _moment(
    scene: Scene, plan: Plan, text: str, name: str, *, whole_day: bool = False
) -> times.Reading | None:
    if not text:  # it is missing, which is told with what else is
        return None
    called = {"time": "时间", "closes": "截止"}[name]
    found = times.read(text, now=scene.now.astimezone(scene.settings.zone), whole_day=whole_day)
    if found.at is None:
        why = f"没看懂：{found.trouble}（写成 {EXAMPLE} 这样）"
        plan.refuse(name, f"{called}「{text}」{why}")
    elif found.at <= scene.now:
        plan.refuse(name, f"{called}「{text}」已经过了")
    elif found.at - scene.now > FARTHEST:
        plan.refuse(name, f"{called}「{text}」太远了")
    return found


def _place(scene: Scene, plan: Plan, text: str) -> None:  # noqa: ARG001 – as the others
    if len(text) > LONGEST_PLACE:
        plan.refuse("place", f"地点超出 {len(text) - LONGEST_PLACE} 字")
    if text:
        plan.values["place"] = text


def _cap(scene: Scene, plan: Plan, text: str) -> None:  # noqa: ARG001 – likewise
    number = numeral(text.strip("约共最多限上 ").rstrip("人位个名 ").strip())
    if 1 <= number <= MOST_SEATS:
        plan.values["cap"] = number
    else:
        plan.refuse("cap", f"人数「{text}」没看懂：写 1 到 {MOST_SEATS} 的数字")


def _priority(scene: Scene, plan: Plan, text: str) -> None:
    if text.strip() in _NONE:
        plan.values["priority_id"] = None
        return
    found = _EVENT.match(text)
    number = int(found[1]) if found else 0
    if scene.session.get(Event, (scene.community_id, number)) is None:
        plan.refuse("priority", f"优先「{text}」没看懂：写以前活动的编号，例如 优先 E2")
    else:
        plan.values["priority_id"] = number


_READERS: Mapping[str, Callable[[Scene, Plan, str], None]] = {
    "time": _time,
    "place": _place,
    "cap": _cap,
    "closes": _closes,
    "priority": _priority,
}
