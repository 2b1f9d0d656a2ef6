"""The form itself. Whatever is sent is kept, also when something is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.scene import Scene
from community.vetting import phrasing
from community.vetting.online import forms, sending
from community.vetting.states import WAITING
from storage.tables import JoinForm
from web.access import Visit, anybody
from web.pages.joining.common import (
    HOUR,
    Question,
    base_of,
    form_of,
    name_of,
    onward,
    questions,
    remember,
    token_of,
)

router = APIRouter(prefix="/join/{community}")


@router.get("")
def fill_in(visit: Annotated[Visit, anybody()], edit: str = "", check: str = "") -> Response:
    """The form, as far as it is filled in; who waits for an answer sees how things stand."""
    with visit.reading() as scene:
        form = form_of(visit, scene)
        if form is not None and not edit and _is_settled(scene, form):
            return onward(visit, "/progress")
        wrong = forms.troubles(scene, form) if form and check else {}
        return _page(visit, scene, form, wrong)


@router.post("")
def keep(visit: Annotated[Visit, anybody()]) -> Response:
    """Store everything, and go on unless something is wrong."""
    visit.at_most(60, "join", within=HOUR)
    leaves = visit.text("do") != "save"
    with visit.writing() as scene:
        held = forms.save(scene, token=token_of(visit), typed=_typed(visit))
        found = forms.troubles(scene, held.form) if leaves else {}
        wrong = {key: one for key, one in found.items() if key in _asked_here(visit)}
        if wrong:
            return remember(visit, _page(visit, scene, held.form, wrong, 422), held.token)
    if leaves:
        files = visit.settings.application.takes_files
        return remember(visit, onward(visit, "/files" if files else "/summary"), held.token)
    said = "存好了。30 天内用这个浏览器打开这一页，可以接着填。"
    return remember(visit, onward(visit, "?edit=1", said=said), held.token)


def _page(
    visit: Visit,
    scene: Scene,
    form: JoinForm | None,
    wrong: Mapping[str, str],
    status: int = 200,
) -> Response:
    keys = [key for key in _asked_here(visit) if key != "consent"]
    asked = questions(visit, form, wrong, keys)
    sent = forms.latest(scene, form) if form else None
    return visit.page(
        "joining/form.html",
        status=status,
        base=base_of(visit),
        mail=form.answers.get(forms.MAIL, "") if form else "",
        mail_wrong=wrong.get(forms.MAIL, ""),
        required=[one for one in asked if one.field.required],
        optional=[one for one in asked if not one.field.required],
        consent=next(iter(questions(visit, form, wrong, ["consent"])), None),
        wrongs=_places(asked, wrong),
        readers=phrasing.readers(visit.settings.application),
        sent=sent,
        waits=sent is not None and sent.state in WAITING,
    )


def _places(asked: Sequence[Question], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where on the page something is wrong, and what that is called."""
    places = [("f-mail", "邮箱")] if forms.MAIL in wrong else []
    places += [(f"f-{one.name}", one.field.shown) for one in asked if one.wrong]
    return places + ([("consent", "同意")] if "consent" in wrong else [])


def _is_settled(scene: Scene, form: JoinForm) -> bool:
    sent = forms.latest(scene, form)
    return sending.is_member(scene, form) or (sent is not None and sent.state in WAITING)


def _asked_here(visit: Visit) -> list[str]:
    """What stands on this page: files come on a page of their own, and their words with them."""
    rules = visit.settings.application
    elsewhere = {"proof"} if rules.takes_files else set()
    return [forms.MAIL, *(one.key for one in rules.fields if one.key not in elsewhere)]


def _typed(visit: Visit) -> dict[str, str]:
    rules = visit.settings.application
    typed = {
        one.key: visit.text(name_of(one)) for one in rules.fields if name_of(one) in visit.form
    }
    consent = rules.field("consent")
    if consent is not None:
        typed["consent"] = forms.YES if visit.text(name_of(consent)) else ""
    if "mail" in visit.form:
        typed[forms.MAIL] = visit.text("mail")
    return typed
