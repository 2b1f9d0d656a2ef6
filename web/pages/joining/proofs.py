"""Files of applicants, for those who may approve; each look is written down."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from community.vetting.online import media, proofs
from storage.tables import Application
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number

router = APIRouter(prefix="/c/{community}/office/proofs")
_NONE = "没有这份申请。"
_GONE = "这个文件已经删掉了，或者没有这个文件。"
_HEADERS = {
    # Whatever a file holds, it can do nothing but be looked at.
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


@router.get("")
def of_application(visit: Annotated[Visit, may("approve")], a: Number) -> Response:
    """What came with one application."""
    with visit.reading() as scene:
        application = scene.session.get(Application, (scene.community_id, a))
        if application is None:
            raise NotFoundError(_NONE)
        files = proofs.of(scene, application)
        return visit.page("joining/proofs.html", application=application, files=files)


@router.get("/{number}")
def one(visit: Annotated[Visit, may("approve")], number: Number) -> Response:
    """The file: pictures are shown, anything else is only saved."""
    visit.at_most(120, "proofs")
    with visit.writing() as scene:  # only the audit learns of it
        proof = proofs.handed_in(scene, number=number)
        place = None if proof is None else proofs.place_of(proof, folder=visit.door.files)
        if proof is None or place is None:
            raise NotFoundError(_GONE)
        proofs.note_look(scene, proof, actor=visit.me(scene))
        name, kind = proof.name, proof.kind
    way = "attachment" if kind == media.PDF else "inline"
    told = f"{way}; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        place.read_bytes(),
        media_type=kind,
        headers={**_HEADERS, "Content-Disposition": told},
    )
