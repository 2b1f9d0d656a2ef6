"""Where somebody lands who types the bare address."""

from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.visits import Visit, anybody, shared_of

router = APIRouter()


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


@router.get("/healthz")
def alive() -> Response:
    """For a load balancer: the process answers."""
    return Response("ok", media_type="text/plain")


@router.get("/c/{community}")
def community_home(visit: Annotated[Visit, anybody()]) -> Response:
    """Members go to work; who is not signed in is asked to."""
    return visit.go("/find" if visit.member else "/sign-in")
