"""Where somebody is signed in."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.signing_in import devices
from web import cookies
from web.access import Visit, may
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me/devices")


@router.get("")
def show(visit: Annotated[Visit, may("sign_in")]) -> Response:
    """All browsers, the one seen last first."""
    with visit.reading() as scene:
        held = devices.of(scene, member=visit.me(scene))
        return visit.page("me/devices.html", tabs=tabs(visit), devices=held, browser=visit.browser)


@router.post("/end")
def end(visit: Annotated[Visit, may("sign_in")]) -> Response:
    """Sign one of them out."""
    digest = visit.text("device")
    with visit.writing() as scene:
        ended = devices.end(scene, member=visit.me(scene), digest=digest)
    if ended and digest == visit.browser:
        return _signed_out(visit, "已退出登录。")
    return visit.go("/me/devices", said="那台设备已退出。" if ended else "那台设备早就退出了。")


@router.post("/end-all")
def end_all(visit: Annotated[Visit, may("sign_in")]) -> Response:
    """Sign all of them out, this one too."""
    with visit.writing() as scene:
        count = devices.end_all(scene, member=visit.me(scene))
    return _signed_out(visit, f"{count} 台设备都退出了。")


def _signed_out(visit: Visit, said: str) -> Response:
    response = visit.go("/sign-in", said=said)
    cookies.sign_out(response, community_id=visit.settings.id)
    return response
