"""Proof: in words, and as files."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter
from starlette.datastructures import UploadFile
from starlette.responses import Response

from community.scene import Scene
from community.vetting.checking import proof_wanted
from community.vetting.online import forms, proofs
from storage.tables import JoinForm
from web.access import Visit, anybody
from web.errors import TooLargeError
from web.form_values import as_number
from web.pages.joining.common import (
    HOUR,
    base_of,
    form_of,
    name_of,
    onward,
    questions,
    remember,
    token_of,
)
from web.sent_form import is_cut

router = APIRouter(prefix="/join/{community}")
_MEGABYTES: Final = proofs.LARGEST // 2**20
_CUT: Final = (
    f"一次传的太大了，文件都没有收到。每个不超过 {_MEGABYTES} MB；请压缩一下，或者分几次传。"
)
_FILES_A_DAY: Final = 60  # from one place: proofs.MOST_UNSENT are for everybody


@router.get("/files")
def look(visit: Annotated[Visit, anybody()]) -> Response:
    """What was handed in so far."""
    with visit.reading() as scene:
        form = form_of(visit, scene)
        if form is None or not visit.settings.application.takes_files:
            return onward(visit, "")
        return _page(visit, scene, form)


@router.post("/files")
def take(visit: Annotated[Visit, anybody(cut=True)]) -> Response:
    """Keep words and files, or take a file back; of too much at once the words."""
    visit.at_most(40, "join-files", within=HOUR)
    sent = _sent(visit)
    for _ in sent:
        visit.at_most(_FILES_A_DAY, "join-file", within=timedelta(days=1))
    cut, leaves = is_cut(visit.request), visit.text("do") == "next"
    answer: Response
    with visit.writing() as scene:
        form = form_of(visit, scene)
        if form is None or not visit.settings.application.takes_files:
            return onward(visit, "")
        gone = _removed(visit, scene, form)
        token = _keep_words(visit, scene)
        wrong = (*_keep_files(visit, scene, form, sent), *([_CUT] if cut else ()))
        unproved = forms.troubles(scene, form).get("proof", "")
        if wrong or (unproved and leaves):
            status = TooLargeError.status if cut else 422
            answer = _page(visit, scene, form, wrong=wrong, unproved=unproved, status=status)
        else:
            answer = remember(visit, onward(visit, "/summary" if leaves else "/files"), token)
    proofs.discard(visit.door.files, visit.settings.id, gone)
    return answer


def _page(
    visit: Visit,
    scene: Scene,
    form: JoinForm,
    *,
    wrong: tuple[str, ...] = (),
    unproved: str = "",
    status: int = 200,
) -> Response:
    rules = visit.settings.application
    told = {"proof": unproved} if unproved and not wrong else {}
    return visit.page(
        "joining/files.html",
        status=status,
        base=base_of(visit),
        question=next(iter(questions(visit, form, told, ["proof"])), None),
        wanted=proof_wanted(rules),
        files=proofs.held(scene, form),
        most=proofs.MOST,
        largest=proofs.LARGEST,
        megabytes=_MEGABYTES,
        wrong=wrong,
    )


def _keep_words(visit: Visit, scene: Scene) -> str:
    field = visit.settings.application.field("proof")
    typed = {"proof": visit.text(name_of(field))} if field and name_of(field) in visit.form else {}
    return forms.save(scene, token=token_of(visit), typed=typed).token


def _sent(visit: Visit) -> list[tuple[str, bytes]]:
    """Name and content of each file."""
    found = []
    for one in visit.form.getlist("files"):
        if not isinstance(one, UploadFile):
            continue
        with one.file:
            data = one.file.read(proofs.LARGEST + 1)
        if one.filename:  # browsers send an empty part where no file was chosen
            found.append((one.filename, data))
    return found


def _keep_files(
    visit: Visit, scene: Scene, form: JoinForm, sent: list[tuple[str, bytes]]
) -> tuple[str, ...]:
    """What is wrong with some of them; the others are kept."""
    folder = visit.door.files
    found = [proofs.add(scene, form, folder=folder, name=name, data=data) for name, data in sent]
    return tuple(trouble for trouble in found if trouble)


def _removed(visit: Visit, scene: Scene, form: JoinForm) -> str:
    chosen = as_number(visit.text("remove"))
    return "" if chosen is None else proofs.remove(scene, form, number=chosen)
