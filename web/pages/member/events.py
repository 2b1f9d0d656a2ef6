"""Events: what is coming, how one stands, and taking part. The rules are those of the chat."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.events import feedback, overview, signing_up, strikes
from community.events.wording import facts, item, left, when
from community.scene import Scene
from storage.tables import Event, Member
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number, as_number

router = APIRouter(prefix="/c/{community}/events")
Step = Callable[[Scene, Event, Member], str]
_PAST = 5


@router.get("")
def look(visit: Annotated[Visit, may("events")]) -> Response:
    """What is coming, and the latest that are over."""
    with visit.reading() as scene:
        return visit.page(
            "member/events.html",
            coming=overview.coming(scene, viewer=visit.me(scene)),
            past=overview.past(scene, limit=_PAST),
            when=partial(when, scene),
            left=left,
            now=scene.now,
        )


@router.get("/{number}")
def one(visit: Annotated[Visit, may("events")], number: Number) -> Response:
    """One event, and where the visitor stands."""
    return _shown(visit, number)


@router.post("/{number}/sign-up")
def sign_up(visit: Annotated[Visit, may("sign_up")], number: Number) -> Response:
    """Take a seat, or a place on the waitlist."""

    def step(scene: Scene, event: Event, me: Member) -> str:
        fresh = signing_up.sign_up(scene, event, member=me)
        return _signed_up(scene, event, signing_up.place_of(scene, event, member=me), fresh=fresh)

    return _do(visit, number, step)


@router.post("/{number}/confirm")
def confirm(visit: Annotated[Visit, may("confirm")], number: Number) -> Response:
    """Take the seat that was offered."""

    def step(scene: Scene, event: Event, me: Member) -> str:
        if not signing_up.confirm(scene, event, member=me):
            return f"{item(event)}你已经有名额了。"
        return f"好，{item(event)}算你一个：{when(scene, event.starts_at)}，{event.place}。"

    return _do(visit, number, step)


@router.post("/{number}/sign-off")
def sign_off(visit: Annotated[Visit, may("sign_off")], number: Number) -> Response:
    """Give it up, for no more than the page said that it costs."""

    def step(scene: Scene, event: Event, me: Member) -> str:
        price = signing_up.place_of(scene, event, member=me).price
        if price > (as_number(visit.text("price")) or 0):
            raise UserError(f"报名刚刚截止，现在取消要记 {price} 分，还没有取消。")
        return f"好，{item(event)}不算你了。{signing_up.sign_off(scene, event, member=me)}"

    return _do(visit, number, step)


@router.post("/{number}/feedback")
def review(visit: Annotated[Visit, may("review")], number: Number) -> Response:
    """What he says of it."""

    def step(scene: Scene, event: Event, me: Member) -> str:
        text = visit.text("text").strip()
        if not text:
            raise UserError("还没写要说什么。")
        again = feedback.write(scene, event, member=me, text=text)
        return f"{item(event)}的反馈{'换成这次写的了' if again else '记下了'}，谢谢。"

    return _do(visit, number, step, about="feedback")


def found(scene: Scene, number: int) -> Event:
    """The event of that number. Raises NotFoundError."""
    event = scene.session.get(Event, (scene.community_id, number))
    if event is None:
        raise NotFoundError(f"没有 E{number} 这个活动。")
    return event


def _signed_up(scene: Scene, event: Event, place: signing_up.Place, *, fresh: bool) -> str:
    if not fresh:
        return f"{item(event)}你已经报过了，{place.told}。"
    first = f"你来过 E{event.priority_id}，这次优先。" if place.first else ""
    if place.state != "seated":
        return f"{item(event)}满了，{place.told}，有名额我私聊告诉你。{first}"
    leave = "" if scene.now >= event.closes_at else f"在 {when(scene, event.closes_at)} 前"
    return f"报上了 {item(event)}。来不了请{leave}取消。{first}"


def _do(visit: Visit, number: int, step: Step, *, about: str = "refused") -> Response:
    """Take the step; what stands against it is told in the place that it is ``about``."""
    visit.at_most(30, "event")
    try:
        with visit.writing() as scene:
            said = step(scene, found(scene, number), visit.me(scene))
    except UserError as error:
        return _shown(visit, number, wrong={about: error.why}, status=422)
    return visit.go(f"/events/{number}", said=said)


def _shown(
    visit: Visit, number: int, *, wrong: dict[str, str] | None = None, status: int = 200
) -> Response:
    wrong = wrong or {}
    with visit.reading() as scene:
        me, event = visit.me(scene), found(scene, number)
        seen = overview.of(scene, event, viewer=me)
        said = feedback.own(scene, event, member=me) if visit.may("review") else None
        return visit.page(
            "member/event.html",
            status=status,
            event=event,
            facts=facts(scene, event),
            seen=seen,
            place=seen.place,
            left=left(seen.free, seen.waiting),
            runs=event.state == "open" and scene.now < event.starts_at,
            open=scene.now < event.closes_at,
            until=when(scene, seen.place.until) if seen.place.until else "",
            may_say=said is not None or "feedback" in wrong,
            said_of_it=visit.text("text") if "feedback" in wrong else said,
            written=bool(said),
            longest=feedback.LONGEST,
            lasts=strikes.LIVE.days,
            wrong=wrong,
            **_hurdle(visit, scene, event, me, seen.place),
        )


def _hurdle(
    visit: Visit, scene: Scene, event: Event, me: Member, place: signing_up.Place
) -> dict[str, Any]:
    """Why the visitor cannot sign up, and else what his points mean for it."""
    if place.told or event.state != "open" or scene.now >= event.starts_at:
        return {"closed": "", "points": ""}
    if not visit.may("sign_up"):
        return {"closed": "成为成员以后才能报名。", "points": ""}
    try:
        signing_up.check_may(scene, event, member=me)
    except UserError as error:
        return {"closed": error.why, "points": ""}
    return {"closed": "", "points": strikes.summary(scene, member_id=me.id)}
