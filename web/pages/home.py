"""Where somebody lands who types the bare address."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from community.office.stats import outside
from web.access import Visit, anybody, shared_of
from web.errors import NotFoundError

router = APIRouter()
_SUMMARY = 120  # characters that search engines and chats show


@router.get("/")
def front(request: Request) -> Response:
    """Straight on where there is only one community; else a word that a link is needed.

    Where the bot is tried out, to the chat.
    """
    shared = shared_of(request)
    communities = shared.door.communities
    if shared.door.playground is not None:
        return RedirectResponse("/play", status_code=303)
    if len(communities) == 1:
        return RedirectResponse(f"/c/{next(iter(communities))}", status_code=303)
    return HTMLResponse(shared.renderer.page("front.html"))


@router.get("/livez")
def alive() -> Response:
    """The process answers; whether all is well is told at /healthz (web/probes.py)."""
    return Response("ok", media_type="text/plain")


@router.get("/c/{community}")
def community_home(visit: Annotated[Visit, anybody()]) -> Response:
    """Members go to work; strangers see the public page, or are asked to sign in."""
    if visit.member is not None:
        return visit.go("/find")
    return _front(visit) or visit.go("/sign-in")


@router.get("/c/{community}/about")
def about(visit: Annotated[Visit, anybody()]) -> Response:
    """The public page, for members as well."""
    shown = _front(visit)
    if shown is None:
        raise NotFoundError
    return shown


def _front(visit: Visit) -> Response | None:
    """Who we are; None as long as the community has not switched it on."""
    with visit.reading() as scene:
        front = scene.settings.front
        if not front.on:
            return None
        visit.at_most(60, "front")
        lines = front.about.split("\n")
        summary = next((line.strip() for line in lines if line.strip()), "")[:_SUMMARY]
        return visit.page(
            "about.html", front=front, figures=outside(scene), summary=summary,
            address=f"{visit.door.public_url}{visit.home}",
        )  # fmt: skip
