"""Whether messages come and go."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.office.health import health
from web.office import office
from web.visits import Visit, may

router = APIRouter(prefix="/c/{community}/office/health")


@router.get("")
def look(visit: Annotated[Visit, may("office.health")]) -> Response:
    """What waits, and what went wrong in the last day."""
    with visit.reading() as scene:
        return office(visit, "health.html", found=health(scene))
