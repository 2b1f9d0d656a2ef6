"""The covenant."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.membership import covenant
from web.access import Visit, anybody, may
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/covenant")


@router.get("")
def read(visit: Annotated[Visit, anybody()]) -> Response:
    """The text, and where the visitor stands."""
    with visit.reading() as scene:
        accepted = visit.member is not None and covenant.has_accepted(scene, member=visit.me(scene))
    return visit.page(
        "me/covenant.html",
        tabs=tabs(visit),
        covenant=visit.settings.terms.covenant,
        accepted=accepted,
        may_accept=visit.may("agree"),
    )


@router.post("")
def accept(visit: Annotated[Visit, may("agree")]) -> Response:
    """He accepts the version that he has read."""
    with visit.writing() as scene:
        current = covenant.current(scene)
        same = visit.text("version") == current.version
        if same:
            covenant.accept(scene, member=visit.me(scene))
    said = "好，记下了，你同意这一版公约。" if same else "公约刚刚改过，请看一下新的再同意。"
    return visit.go("/covenant", said=said)
