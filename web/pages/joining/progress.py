"""How things stand with an application, for whoever has proven that the address is his."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.scene import Scene
from community.signing_in import mail
from community.vetting import drafts, phrasing
from community.vetting.checking import mail_of
from community.vetting.clock import end_of
from community.vetting.online import forms, proofs, sending
from community.vetting.online.forgetting import forget, may_forget
from community.vetting.states import WAITING
from storage.tables import Application, JoinForm
from web.access import Visit, anybody
from web.mailed_codes import asker_of
from web.pages.joining.common import COOKIE, HOUR, base_of, form_of, onward, remember, token_of

router = APIRouter(prefix="/join/{community}/progress")


@router.get("")
def look(visit: Annotated[Visit, anybody()], other: str = "") -> Response:
    """The state in words; who has proven no address is asked for one."""
    with visit.reading() as scene:
        form = form_of(visit, scene)
        if form is None or not form.confirmed or other:
            return _ask_address(visit)
        return _page(visit, scene, form)


@router.post("")
def look_up(visit: Annotated[Visit, anybody()]) -> Response:
    """Mail a code, whether or not anybody has applied with the address."""
    visit.at_most(10, "join-look", within=HOUR)
    typed = visit.text("mail")
    try:
        with visit.writing() as scene:
            held = forms.begin_looking(scene, token=token_of(visit), typed=typed)
            if not held.form.confirmed:
                mail.send_code(
                    scene, account=held.form.account, purpose="join", asker=asker_of(visit)
                )
    except UserError as error:
        return _ask_address(visit, typed, error.text)
    path = "/progress" if held.form.confirmed else "/code?then=look"
    return remember(visit, onward(visit, path), held.token)


@router.post("/answer")
def answer(visit: Annotated[Visit, anybody()]) -> Response:
    """What the admins want to know."""
    visit.at_most(20, "join-answer", within=HOUR)
    text = visit.text("answer").strip()
    with visit.writing() as scene:
        form = form_of(visit, scene)
        sent = None if form is None else forms.latest(scene, form)
        if form is None or sent is None or not (text or sent.state == "needs_info"):
            return onward(visit, "/progress")
        if not drafts.was_answered(sent, text):
            if wrong := drafts.why_untimely(sent, read=visit.text("seen")) or _wrong(text):
                return _page(visit, scene, form, answer=text, wrong=wrong)
            drafts.take_answer(scene, sent, text)
    return onward(visit, "/progress", said="收到，已经转给管理员。")


@router.post("/withdraw")
def withdraw(visit: Annotated[Visit, anybody()]) -> Response:
    """The applicant gives up."""
    visit.at_most(20, "join-answer", within=HOUR)
    with visit.writing() as scene:
        sent = _waiting(scene, form_of(visit, scene))
        if sent is None:
            return onward(visit, "/progress")
        drafts.withdraw(scene, sent)
    return onward(visit, "/progress", said="申请撤回了。")


@router.post("/leave")
def leave(visit: Annotated[Visit, anybody()]) -> Response:
    """This browser knows nothing of it any more; the way back is a code."""
    response = onward(visit, "/progress", said="这台设备上退出了。")
    response.delete_cookie(COOKIE, path=base_of(visit), httponly=True, samesite="lax")
    return response


@router.post("/erase")
def erase(visit: Annotated[Visit, anybody()]) -> Response:
    """What somebody wrote who only applied goes, if he wants it so."""
    visit.at_most(10, "join-erase", within=HOUR)
    with visit.writing() as scene:
        form = form_of(visit, scene)
        if form is None or not visit.text("sure") or not may_forget(scene, form):
            return onward(visit, "/progress")
        done = forget(scene, form)
    for name in done.files:
        proofs.discard(visit.door.files, visit.settings.id, name)
    return onward(visit, "", said=f"你填过的内容和文件都删掉了。{done.kept}")


def _page(
    visit: Visit, scene: Scene, form: JoinForm, *, answer: str = "", wrong: str = ""
) -> Response:
    sent = forms.latest(scene, form)
    rules = visit.settings.application
    asked = phrasing.asked(sent) if sent is not None and sent.state == "needs_info" else ""
    answers = proofs.without_files(sent.answers) if sent else {}
    return visit.page(
        "joining/progress.html",
        status=422 if wrong else 200,
        base=base_of(visit),
        mail=mail_of(form.account),
        is_member=sending.is_member(scene, form),
        obstacle=sending.obstacle(scene, form),
        sent=sent,
        waits=sent is not None and sent.state in WAITING,
        asked=asked,
        shown=[(one, answers[one.key]) for one in rules.asked if answers.get(one.key)],
        files=proofs.of(scene, sent) if sent else [],
        may_forget=may_forget(scene, form),
        warning=phrasing.warning(scene, sent) if sent else "",
        until=phrasing.moment(scene, end_of(scene, sent)) if sent and asked else "",
        entrances=phrasing.entrances(scene),
        answer=answer,
        wrong=wrong,
    )


def _ask_address(visit: Visit, typed: str = "", wrong: str = "") -> Response:
    status = 422 if wrong else 200
    return visit.page(
        "joining/look_up.html", status=status, base=base_of(visit), mail=typed, wrong=wrong
    )


def _waiting(scene: Scene, form: JoinForm | None) -> Application | None:
    """The application that admins have before them."""
    sent = None if form is None else forms.latest(scene, form)
    return sent if sent is not None and sent.state in WAITING else None


def _wrong(text: str) -> str:
    if not text:
        return "写点什么再发。"
    over = len(text) - drafts.LONGEST_ANSWER
    return f"最多 {drafts.LONGEST_ANSWER} 字，超出 {over} 字，请精简一下。" if over > 0 else ""
