"""One's own posts."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.posts import finding
from web.access import Visit, may
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me")
_MOST = 50
_ENDED = 10


@router.get("")
def mine(visit: Annotated[Visit, may("mine")]) -> Response:
    """What runs, what ran out lately, and what has ended, with what can be done about it."""
    with visit.reading() as scene:
        me = visit.me(scene)
        return visit.page(
            "me/posts.html",
            tabs=tabs(visit),
            running=finding.running(scene, author=me)[:_MOST],
            over=finding.run_out(scene, author=me)[:_MOST],
            ended=finding.ended(scene, author=me, limit=_ENDED),
            may_change=visit.may("edit"),
            may_end=visit.may("withdraw"),
        )
