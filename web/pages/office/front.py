"""Where 管理 leads to."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from web.visits import Visit, may

router = APIRouter(prefix="/c/{community}/office")


@router.get("")
def front(visit: Annotated[Visit, may("pending")]) -> Response:
    """The queue is what waits for somebody."""
    return visit.go("/office/queue")
