"""Looking through the pool: posts and people in one box, ranked as #找 ranks them."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.finding import Hits, find
from web.visits import Visit, may

router = APIRouter(prefix="/c/{community}")
_LONGEST = 200


@router.get("/find")
def look(visit: Annotated[Visit, may("find")], q: str = "") -> Response:
    """What has to do with the words, and why."""
    visit.at_most(60, "find")
    words = " ".join(q.split())[:_LONGEST]
    with visit.reading() as scene:
        hits = find(scene, words=words, member=visit.me(scene)) if words else Hits()
        return visit.page("find.html", q=words, hits=hits)
