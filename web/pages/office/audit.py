"""Who did what, when and from where; to look through and to take along."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from community.errors import UserError
from community.office import auditing
from web import spreadsheets
from web.access import Visit, may
from web.form_values import Place
from web.pages.office.frame import asked, office

router = APIRouter(prefix="/c/{community}/office/audit")
MOST = {"csv": 50_000, "xlsx": 10_000}  # lines; a workbook is made in memory
_FIELDS = {"who": "", "what": "", "thing": "", "since": "", "until": ""}
_BATCH = 1000


@router.get("")
def look(visit: Annotated[Visit, may("office.audit")], before: Place = 0) -> Response:
    """The latest, or what comes behind an entry."""
    chosen = asked(visit, **_FIELDS)
    return _shown(visit, chosen, before)


@router.post("/export")
def take_along(visit: Annotated[Visit, may("office.audit")]) -> Response:
    """A file with all that fits, the latest first."""
    visit.at_most(6, "export")
    chosen = {name: visit.text(name)[:60] for name in _FIELDS}
    form = "xlsx" if visit.text("form") == "xlsx" else "csv"
    try:
        with visit.writing() as scene:
            wanted = auditing.wanted(scene, chosen)
            auditing.note_export(scene, actor=visit.me(scene))
            today = scene.now.astimezone(scene.settings.zone)
    except UserError:
        return _shown(visit, chosen, 0)
    name = f"laoyou-{visit.settings.id}-audit-{today:%Y%m%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    lines = _lines(visit, wanted, MOST[form])
    if form == "xlsx":
        book = spreadsheets.as_xlsx(auditing.HEAD, lines, title="记录")
        return Response(book, media_type=spreadsheets.XLSX, headers=headers)
    return StreamingResponse(
        spreadsheets.as_csv(auditing.HEAD, lines), media_type=spreadsheets.CSV, headers=headers
    )


def _lines(visit: Visit, wanted: auditing.Wanted, most: int) -> Iterator[tuple[str, ...]]:
    """Some at a time: nothing is locked, and little is held, however long it takes."""
    before, left = 0, most
    while left > 0:
        with visit.reading() as scene:
            page = auditing.page(
                scene, wanted=wanted, viewer=visit.me(scene), before=before, limit=min(left, _BATCH)
            )
            batch = [auditing.cells(scene, one) for one in page.entries]
        yield from batch
        left -= len(batch)
        before = page.onward
        if not before:
            return


def _shown(visit: Visit, chosen: dict[str, str], before: int) -> Response:
    wrong, page = "", auditing.Page((), 0)
    with visit.reading() as scene:
        try:
            wanted = auditing.wanted(scene, chosen)
            page = auditing.page(scene, wanted=wanted, viewer=visit.me(scene), before=before)
        except UserError as error:
            wrong = error.text
        return office(
            visit, "audit.html", status=422 if wrong else 200, page=page, chosen=chosen,
            query=urlencode(chosen), kinds=list(auditing.kinds()), wrong=wrong, before=before,
            most=MOST,
        )  # fmt: skip
