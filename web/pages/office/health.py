"""Whether messages come and go."""

from typing import Annotated, Final

from fastapi import APIRouter
from starlette.responses import Response

from community.office.health import health
from community.wording import channel_name
from web.access import Visit, may
from web.pages.office.frame import office

STATES: Final = {
    "connected": "连着",
    "offline": "没连上；有几个进程时，可能由另一个连着",
    "paused": "接连失败，暂停几分钟",
}
router = APIRouter(prefix="/c/{community}/office/health")


@router.get("")
def look(visit: Annotated[Visit, may("office.health")]) -> Response:
    """What waits, and what went wrong in the last day."""
    with visit.reading() as scene:
        found = health(scene)
    states = visit.door.channels()
    used = dict.fromkeys([*(address.partition(":")[0] for address in found.addresses), "mail"])
    channels = [(channel_name(one), STATES[states[one]]) for one in used if one in states]
    return office(visit, "health.html", found=found, channels=channels)
