"""Ending the letters that come by themselves: by the link in each of them, signed in or not."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.mailing import preferences
from community.mailing.wording import coming
from web.access import Visit, holder_of_the_link

router = APIRouter(prefix="/c/{community}")


@router.get("/unsubscribe/{token}")
def look(visit: Annotated[Visit, holder_of_the_link()], token: str) -> Response:
    """What will be switched off, and a button: programs that look at links switch off nothing."""
    with visit.reading() as scene:
        row = preferences.by_token(scene, token=token)
        parts = None if row is None else coming(row)
    if parts is None:
        return _nobody(visit)
    return visit.page("unsubscribe.html", parts=parts, token=token, done=not parts)


@router.post("/unsubscribe/{token}")
def end(visit: Annotated[Visit, holder_of_the_link()], token: str) -> Response:
    """Switch it off. Mail programs do that by themselves, without a cookie (RFC 8058)."""
    with visit.reading() as scene:
        known = preferences.by_token(scene, token=token) is not None
    if not known:
        return _nobody(visit)
    with visit.writing() as scene:
        preferences.unsubscribe(scene, token=token)
    return visit.page("unsubscribe.html", parts=[], token=token, done=True)


def _nobody(visit: Visit) -> Response:
    return visit.page("unsubscribe.html", parts=[], token="", done=False, status=404)
