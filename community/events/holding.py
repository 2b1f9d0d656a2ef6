"""An event is announced, changed, and called off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from community import audit_log
from community.actions import Send, Text
from community.errors import UserError
from community.events import planning, seating
from community.events.drafting import Draft
from community.events.finding import LASTS, ahead
from community.events.signing_up import check_runs
from community.events.wording import announcement, item, when
from community.group_names import group_names
from community.notices import send, tell_each
from community.office.double_clicks import WITHIN
from community.posts.lifetime import not_at_night
from community.scene import Scene
from storage.queries import counters
from storage.queries.events import registrations
from storage.tables import Event, Member

REMINDER = timedelta(days=1)
LONGEST_REASON = 300
_NAMES = {
    "title": "标题", "starts_at": "时间", "place": "地点", "cap": "名额",
    "closes_at": "报名截止",
}  # fmt: skip
_CONCERNS = {"starts_at", "place"}  # whoever said yes may have to say no now


@dataclass(frozen=True)
class Changed:
    """What has changed, in words, and how many were told."""

    lines: Sequence[str] = ()
    told: int = 0


def host(scene: Scene, *, actor: Member, draft: Draft, back: str = "") -> Event:
    """Hold an event. Raises UserError with all that is missing or wrong, and in the chat with what
    goes ``back`` to whoever typed it.
    """
    plan = planning.complete(scene, draft)
    if plan.troubles:
        raise UserError(f"活动没有发出：{'；'.join(plan.troubles)}。", back=back)
    event = Event(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="event"),
        created_by=actor.id,
        created_at=scene.now,
        **plan.values,
    )
    event.due_at = next_moment(scene, event)
    scene.session.add(event)
    scene.session.flush()
    _note(scene, "host", event, actor)
    return event


def held_just_now(scene: Scene, *, actor: Member, draft: Draft) -> Event | None:
    """The event that somebody has sent twice by clicking once more."""
    plan = planning.complete(scene, draft)
    return next(
        (
            event
            for event in ahead(scene)
            if event.created_by == actor.id
            and event.created_at > scene.now - WITHIN
            and all(getattr(event, name) == value for name, value in plan.values.items())
        ),
        None,
    )


def announce(scene: Scene, event: Event) -> Sequence[str]:
    """Tell the groups of the community; gives what they are called."""
    groups = [one for one in scene.settings.groups if one != scene.settings.admin_group]
    for group in groups:
        text = Text(text=announcement(scene, event))
        send(scene, Send(group=group, segments=(text,), until=event.starts_at))
    return list(group_names(scene, groups).values())


def change(scene: Scene, event: Event, *, actor: Member, draft: Draft) -> Changed:
    """Change what is in the draft. Raises UserError.

    All who have a seat or wait hear of it, and nobody else.
    """
    check_runs(scene, event)
    plan = plan_change(scene, event, draft)
    if plan.troubles:
        raise UserError(f"没有改动：{'；'.join(plan.troubles)}。")
    before = {name: getattr(event, name) for name in plan.values}
    for name, value in plan.values.items():
        setattr(event, name, value)
    lines = list(_differences(scene, event, before))
    if not lines:
        return Changed()
    if event.starts_at != before["starts_at"]:
        event.due_at = next_moment(scene, event)
        _shorten_offers(scene, event)
    _note(scene, "change", event, actor)
    moved = any(getattr(event, name) != before[name] for name in _CONCERNS & before.keys())
    leave = "来不了就引用这条回 不去了。" if moved else ""
    told = _tell_all(scene, event, f"{item(event)}有变动：{'；'.join(lines)}。{leave}")
    seating.pass_on(scene, event)
    return Changed(lines, told)


def plan_change(scene: Scene, event: Event, draft: Draft) -> planning.Plan:
    """What would become of it, and what stands against that."""
    plan = planning.changed(scene, draft, event)
    _check_cap(scene, event, plan)
    return plan


def call_off(scene: Scene, event: Event, *, actor: Member, reason: str) -> int:
    """It does not take place; gives how many were told. Raises UserError."""
    check_runs(scene, event)
    if not reason:
        example = f"例如：#取消活动 E{event.id} 场地临时用不了"
        raise UserError("写上原因，报了名的人会看到。", back=example)
    if len(reason) > LONGEST_REASON:
        over = len(reason) - LONGEST_REASON
        raise UserError(f"原因最多 {LONGEST_REASON} 字，超出 {over} 字。")
    event.state, event.due_at = "cancelled", None
    for row, _ in seating.placed(scene, event):
        row.due_at = None
    _note(scene, "call_off", event, actor)
    at = when(scene, event.starts_at)
    return _tell_all(scene, event, f"{item(event)}（{at}）取消了。原因：{reason}")


def next_moment(scene: Scene, event: Event) -> datetime:
    """When those who come are reminded; then when it is over, and the operators are asked."""
    reminder = not_at_night(event.starts_at - REMINDER, scene.settings.zone)
    if scene.now < reminder < event.starts_at:
        return reminder
    return not_at_night(event.starts_at + LASTS, scene.settings.zone)


def _check_cap(scene: Scene, event: Event, plan: planning.Plan) -> None:
    placed = seating.placed(scene, event)
    held = sum(row.state in registrations.HOLDING for row, _ in placed)
    if plan.values.get("cap", held) < held:
        plan.refuse("cap", f"已经有 {held} 个人有名额，人数不能再少")


def _differences(scene: Scene, event: Event, before: dict[str, Any]) -> Iterable[str]:
    for name, old in before.items():
        new = getattr(event, name)
        if new == old:
            continue
        if name == "note":
            yield "说明有改动"
        elif name == "priority_id":
            yield "没有优先了" if new is None else f"优先：来过 E{new} 的朋友"
        else:
            yield f"{_NAMES[name]} {_shown(scene, old)} 改为 {_shown(scene, new)}"


def _shown(scene: Scene, value: Any) -> str:
    return when(scene, value) if isinstance(value, datetime) else str(value)


def _shorten_offers(scene: Scene, event: Event) -> None:
    for row, _ in seating.placed(scene, event):
        if row.due_at is not None:
            row.due_at = min(row.due_at, event.starts_at)


def _tell_all(scene: Scene, event: Event, text: str) -> int:
    """All who have a seat or wait; gives how many they are."""
    people = [member.id for _, member in seating.placed(scene, event)]
    tell_each(scene, texts=dict.fromkeys(people, text), until=event.starts_at)
    return len(people)


def _note(scene: Scene, verb: str, event: Event, actor: Member) -> None:
    audit_log.note(scene, verb=verb, subject="event", subject_id=event.id, actor=actor)
