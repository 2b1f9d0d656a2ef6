"""One event in the office: change it, call it off, and write down who came."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.events import attendance, feedback, holding, overview, planning, strikes
from community.events.attendance import Recorded
from community.events.wording import PLACES, facts, item, left, name_in_group, when
from community.office import auditing
from community.scene import Scene
from storage.tables import Event, Member
from web.access import Visit, may
from web.form_values import Number, as_number
from web.pages.member.events import found
from web.pages.office.events import LONGEST, draft, typed
from web.pages.office.frame import office
from web.unchanged_fields import untouched

router = APIRouter(prefix="/c/{community}/office/events/{number}")


@router.get("")
def one(visit: Annotated[Visit, may("host")], number: Number) -> Response:
    """All about it."""
    return _shown(visit, number)


@router.post("/change")
def change(visit: Annotated[Visit, may("change_event")], number: Number) -> Response:
    """Change what was touched; all whom it concerns hear of it."""
    values = typed(visit)
    wanted = draft(values, untouched(visit, values))
    with visit.reading() as scene:
        wrong = holding.plan_change(scene, found(scene, number), wanted).beside
    if wrong:
        return _shown(visit, number, wrong=wrong, about="change", status=422)

    def step(scene: Scene, event: Event) -> str:
        changed = holding.change(scene, event, actor=visit.me(scene), draft=wanted)
        if not changed.lines:
            return f"{item(event)}没有改动。"
        told = f"{changed.told} 位报名和候补的人都通知了。" if changed.told else ""
        return f"{item(event)}改好了：{'；'.join(changed.lines)}。{told}"

    return _do(visit, number, "change", step)


@router.post("/cancel")
def cancel(visit: Annotated[Visit, may("call_off")], number: Number) -> Response:
    """It does not take place."""

    def step(scene: Scene, event: Event) -> str:
        reason = visit.text("reason").strip()
        told = holding.call_off(scene, event, actor=visit.me(scene), reason=reason)
        people = f"，{told} 位报名和候补的人都通知了" if told else ""
        return f"{item(event)}取消了{people}。"

    return _do(visit, number, "cancel", step)


@router.post("/attendance")
def attend(visit: Annotated[Visit, may("attendance")], number: Number) -> Response:
    """Write down who came: those that are ticked, all of whom nothing is known, or one by name."""

    def step(scene: Scene, event: Event) -> str:
        done = attendance.record(scene, event, actor=visit.me(scene), **_said(visit, scene, event))
        return f"记下了。{_recorded(done)}"

    return _do(visit, number, "attendance", step)


def _said(visit: Visit, scene: Scene, event: Event) -> dict[str, Any]:
    """What the button that was pressed means. Raises UserError."""
    what = visit.text("what")
    if what == "all":
        return {"all_others": True}
    if what == "other":
        return {"came": [_named(scene, visit.text("who").strip())]}
    numbers = {as_number(one) for one in visit.form.getlist("member") if isinstance(one, str)}
    ticked = [one for one, _ in attendance.sheet(scene, event) if one.id in numbers]
    if not ticked or what not in ("came", "absent"):
        raise UserError("没有勾选，什么都没有改。")
    return {what: ticked}


def _named(scene: Scene, who: str) -> Member:
    if not who:
        raise UserError("写上是谁：姓名，或者 M12 这样的编号。")
    member = scene.session.get(Member, (scene.community_id, auditing.person(scene, who)))
    if member is None:
        raise UserError(f"没找到叫「{who}」的成员。")
    return member


def _recorded(done: Recorded) -> str:
    lines = [f"到场：{'、'.join(done.came)}。"] if done.came else []
    lines += [f"缺席：{'、'.join(done.absent)}。"] if done.absent else []
    lines += [f"还没记的 {len(done.open)} 位。"] if done.open else []
    return "".join(lines)


def _do(visit: Visit, number: int, about: str, step: Callable[[Scene, Event], str]) -> Response:
    """Take the step; what stands against it is told in the form that it is ``about``."""
    try:
        with visit.writing() as scene:
            said = step(scene, found(scene, number))
    except UserError as error:
        return _shown(visit, number, refused=error.why, about=about, status=422)
    return visit.go(f"/office/events/{number}", said=said)


def _shown(
    visit: Visit,
    number: int,
    *,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
    about: str = "",
    status: int = 200,
) -> Response:
    with visit.reading() as scene:
        event = found(scene, number)
        seen = overview.of(scene, event, viewer=visit.me(scene))
        begun, known = scene.now >= event.starts_at, _values(scene, event)
        return office(
            visit, "event.html", status=status, event=event, seen=seen, begun=begun,
            facts=facts(scene, event), left=left(seen.free, seen.waiting), wrong=wrong or {},
            runs=event.state == "open" and not begun, price=strikes.POINTS["absent"],
            values=typed(visit) if about == "change" else known,
            was={name: visit.text(f"was_{name}") for name in known} if about == "change" else known,
            sheet=_sheet(scene, event) if begun else [], states=PLACES,
            waiting=overview.waiting_names(scene, event), written=feedback.written(scene, event),
            open=scene.now < event.closes_at, refused=refused, about=about,
            longest=LONGEST, seats=planning.SEATS, example=planning.EXAMPLE,
            longest_reason=holding.LONGEST_REASON,
        )  # fmt: skip


def _sheet(scene: Scene, event: Event) -> list[tuple[int, str, str]]:
    """Who may have been there: his number, his name, and what is known of it."""
    found = attendance.sheet(scene, event)
    return [(member.id, name_in_group(member), state) for member, state in found]


def _values(scene: Scene, event: Event) -> dict[str, str]:
    """What the form shows; a time in words that are understood when they come back."""
    return {
        "title": event.title,
        "time": when(scene, event.starts_at),
        "place": event.place,
        "cap": str(event.cap),
        "closes": when(scene, event.closes_at),
        "priority": f"E{event.priority_id}" if event.priority_id is not None else "",
        "note": event.note,
    }
