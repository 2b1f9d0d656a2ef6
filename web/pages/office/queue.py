"""Newcomers who wait: look, let in, turn down, ask; one by one, or several at once."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.office import queue
from community.scene import Scene
from community.vetting import reject_templates
from storage.tables import Application
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number, Place, address, as_number
from web.pages.office.frame import office

router = APIRouter(prefix="/c/{community}/office/queue")
_MOST_AT_ONCE = 50


@router.get("")
def waiting(visit: Annotated[Visit, may("pending")], after: Place = 0) -> Response:
    """Those who wait, the oldest first."""
    with visit.reading() as scene:
        page = queue.page(scene, after=after)
        if after and not page.sights:  # others have decided about all that stood behind it
            after, page = 0, queue.page(scene)
        return office(visit, "queue.html", page=page, reasons=reject_templates.REASONS, after=after)


@router.post("/bulk")
def several(visit: Annotated[Visit, may("approve")]) -> Response:
    """Decide about all that are ticked. Each is a transaction of its own, as one by one."""
    typed = [one for one in visit.form.getlist("n") if isinstance(one, str)]
    numbers = queue.numbers(typed)[:_MOST_AT_ONCE]
    what = visit.text("what")
    if not numbers or what not in ("approve", "reject"):
        return _back(visit, "没有勾选申请，什么都没有改。")
    told = [(number, *_decided(visit, number, what)) for number in numbers]
    return office(visit, "queue_bulk.html", told=told, what=what, after=_after(visit))


@router.get("/{number}")
def one(visit: Annotated[Visit, may("pending")], number: Number, after: Place = 0) -> Response:
    """One application with its history, and the way back to the page that it was opened from."""
    return _shown(visit, number, after=after)


@router.post("/{number}/approve")
def approve(visit: Annotated[Visit, may("approve")], number: Number) -> Response:
    """Let the applicant in."""
    try:
        said = _approved(visit, number)
    except UserError as error:
        return _shown(visit, number, wrong=error.text, status=422)
    return _back(visit, said)


@router.post("/{number}/reject")
def reject(visit: Annotated[Visit, may("reject")], number: Number) -> Response:
    """Turn the applicant down, with a reason that he reads."""
    try:
        said = _rejected(visit, number)
    except UserError as error:
        return _shown(visit, number, wrong=error.text, about="reject", status=422)
    return _back(visit, said)


@router.post("/{number}/ask")
def ask(visit: Annotated[Visit, may("ask")], number: Number) -> Response:
    """Ask the applicant for more."""
    try:
        with visit.writing() as scene:
            found, question = _found(scene, number), visit.text("question")
            said = queue.ask(scene, application=found, admin=visit.me(scene), question=question)
    except UserError as error:
        return _shown(visit, number, wrong=error.text, about="ask", status=422)
    return _back(visit, said)


def _after(visit: Visit) -> int:
    """Where the page began from which a form was sent."""
    return as_number(visit.text("after")) or 0


def _back(visit: Visit, said: str) -> Response:
    """To where he was: those who come next stand there."""
    return visit.go(address("/office/queue", after=_after(visit)), said=said)


def _decided(visit: Visit, number: int, what: str) -> tuple[bool, str]:
    """Whether it was done, and what to tell."""
    try:
        return True, _approved(visit, number) if what == "approve" else _rejected(visit, number)
    except UserError as error:
        return False, error.text
    except NotFoundError:
        return False, f"没有 #A{number} 这份申请。"


def _approved(visit: Visit, number: int) -> str:
    with visit.writing() as scene:
        found = _found(scene, number)
        fields = scene.settings.application.fields
        filled = {one.key: visit.text(f"fill_{one.key}").strip() for one in fields}
        values = {key: value for key, value in filled.items() if value}
        return queue.approve(scene, application=found, admin=visit.me(scene), values=values)


def _rejected(visit: Visit, number: int) -> str:
    reason = visit.text("reason").strip() or reject_templates.REASONS.get(visit.text("ready"), "")
    with visit.writing() as scene:
        found = _found(scene, number)
        return queue.reject(scene, application=found, admin=visit.me(scene), reason=reason)


def _found(scene: Scene, number: int) -> Application:
    found = scene.session.get(Application, (scene.community_id, number))
    if found is None or found.state == "draft":
        raise NotFoundError
    return found


def _shown(
    visit: Visit,
    number: int,
    *,
    after: int = 0,
    wrong: str = "",
    about: str = "",
    status: int = 200,
) -> Response:
    with visit.reading() as scene:
        found = _found(scene, number)
        return office(
            visit,
            "queue_one.html",
            status=status,
            sight=queue.sight(scene, found),
            history=queue.history(scene, found),
            reasons=reject_templates.REASONS,
            after=after or _after(visit),
            wrong=wrong,
            about=about,
        )
