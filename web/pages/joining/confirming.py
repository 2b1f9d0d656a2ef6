"""The summary, and the code that proves the address."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.scene import Scene
from community.signing_in import codes, mail
from community.vetting.checking import mail_of
from community.vetting.online import forms, proofs, sending
from storage.tables import JoinForm
from web.access import Visit, anybody
from web.mailed_codes import asker_of, refusal
from web.pages.joining.common import HOUR, base_of, form_of, onward

router = APIRouter(prefix="/join/{community}")


@router.get("/summary")
def look(visit: Annotated[Visit, anybody()]) -> Response:
    """All answers once more, and what stands in the way."""
    with visit.reading() as scene:
        form = form_of(visit, scene)
        if form is None or forms.troubles(scene, form):
            return _back(visit, scene, form)
        return _summary(visit, scene, form)


@router.post("/summary")
def send(visit: Annotated[Visit, anybody()]) -> Response:
    """Yes. An address that is proven already needs no other code."""
    visit.at_most(30, "join-send", within=HOUR)
    try:
        with visit.writing() as scene:
            form = form_of(visit, scene)
            if form is None or forms.troubles(scene, form):
                return _back(visit, scene, form)
            if not form.confirmed:
                mail.send_code(scene, account=form.account, purpose="join", asker=asker_of(visit))
                return onward(visit, "/code?then=submit")
            sent = sending.submit(scene, form, replace=bool(visit.text("replace")))
    except UserError as error:
        return _refused(visit, error.text)
    return onward(visit, "/progress" if sent else "/summary")


@router.get("/code")
def ask_code(visit: Annotated[Visit, anybody()], then: str = "") -> Response:
    """The box for the code."""
    with visit.reading() as scene:
        form = form_of(visit, scene)
    if form is None or not form.account:
        return onward(visit, "")
    return _code_page(visit, form, then)


@router.post("/code")
def take_code(visit: Annotated[Visit, anybody()]) -> Response:
    """The address is proven, or a try is counted."""
    visit.at_most(30, "join-code", within=HOUR)
    then = visit.text("then")
    with visit.writing() as scene:  # a wrong try is kept, so nothing is raised in here
        form = form_of(visit, scene)
        if form is None or not form.account:
            return onward(visit, "")
        answer = _checked(visit, scene, form)
        if answer != "right":
            return _code_page(visit, form, then, refusal(answer))
        if not form.confirmed:
            forms.confirm(scene, form)
        sent = sending.submit(scene, form) if then == "submit" else None
    return onward(visit, "/summary" if then == "submit" and sent is None else "/progress")


@router.post("/code/send")
def send_again(visit: Annotated[Visit, anybody()]) -> Response:
    """Another code."""
    visit.at_most(20, "join-code-send", within=HOUR)
    then = visit.text("then")
    with visit.reading() as scene:
        form = form_of(visit, scene)
    if form is None or not form.account:
        return onward(visit, "")
    try:
        with visit.writing() as scene:
            mail.send_code(scene, account=form.account, purpose="join", asker=asker_of(visit))
    except UserError as error:
        return _code_page(visit, form, then, error.text)
    return onward(visit, f"/code?then={_then(then)}", said="又发了一个，用最新那封里的。")


def _checked(visit: Visit, scene: Scene, form: JoinForm) -> codes.Answer:
    """Pressed twice, the second time finds it done."""
    if form.confirmed:
        return "right"
    given = visit.text("code")
    return codes.check(
        scene, address=form.account, purpose="join", asker=asker_of(visit), code=given
    )


def _code_page(visit: Visit, form: JoinForm, then: str, wrong: str = "") -> Response:
    return visit.page(
        "joining/code.html",
        status=422 if wrong else 200,
        base=base_of(visit),
        mail=mail_of(form.account),
        then=_then(then),
        wrong=wrong,
    )


def _then(text: str) -> str:
    return "submit" if text == "submit" else "look"


def _summary(visit: Visit, scene: Scene, form: JoinForm, wrong: str = "") -> Response:
    rules = visit.settings.application
    answers = proofs.without_files(forms.sendable(scene, form))
    return visit.page(
        "joining/summary.html",
        status=422 if wrong else 200,
        base=base_of(visit),
        form=form,
        mail=mail_of(form.account),
        shown=[(one, answers[one.key]) for one in rules.asked if answers.get(one.key)],
        files=proofs.held(scene, form),
        obstacle=sending.obstacle(scene, form),
        wrong=wrong,
    )


def _refused(visit: Visit, text: str) -> Response:
    with visit.reading() as scene:
        form = form_of(visit, scene)
        return onward(visit, "") if form is None else _summary(visit, scene, form, text)


def _back(visit: Visit, scene: Scene, form: JoinForm | None) -> Response:
    """To where something is missing."""
    if form is None:
        return onward(visit, "")
    lacking = set(forms.troubles(scene, form))
    elsewhere = visit.settings.application.takes_files and lacking == {"proof"}
    return onward(visit, "/files" if elsewhere else "?edit=1&check=1")
