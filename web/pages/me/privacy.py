"""What others see of somebody, and whether he is called."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.members import privacy, profiles
from community.members.privacy import LONGEST_CONTACT, Privacy
from web.access import Visit, may
from web.pages.me.tabs import tabs
from web.unchanged_fields import untouched

router = APIRouter(prefix="/c/{community}/me")


@router.get("/privacy")
def show(visit: Annotated[Visit, may("profile")]) -> Response:
    """What is chosen now."""
    with visit.reading() as scene:
        return _form(visit, privacy.of(scene, member=visit.me(scene)), "")


@router.post("/privacy")
def choose(visit: Annotated[Visit, may("profile")]) -> Response:
    """Another choice. What was left as it stood there stays as it is now."""
    visit.at_most(20, "privacy")
    left = untouched(visit, vars(Privacy()))
    chosen = Privacy(
        listed=bool(visit.text("listed")),
        shows_company=bool(visit.text("shows_company")),
        shows_contact=bool(visit.text("shows_contact")),
        contact=visit.text("contact"),
    )
    try:
        with visit.writing() as scene:
            me = visit.me(scene)
            now = privacy.of(scene, member=me)
            chosen = replace(chosen, **{name: getattr(now, name) for name in left})
            privacy.choose(scene, member=me, chosen=chosen)
    except UserError as error:
        return _form(visit, chosen, error.why, status=422)
    return visit.go("/me/privacy", said="记下了。")


@router.post("/mute")
def mute(visit: Annotated[Visit, may("mute")]) -> Response:
    """Called no more, or again."""
    muted = bool(visit.text("muted"))
    with visit.writing() as scene:
        profiles.mute(scene, member=visit.me(scene), muted=muted)
    said = (
        "好，不再 @ 你，后来的匹配也不再私下告诉你，捎话也不收了。"
        if muted
        else "好，有合适的会再 @ 你。"
    )
    return visit.go("/me/privacy", said=said)


def _form(visit: Visit, chosen: Privacy, wrong: str, *, status: int = 200) -> Response:
    with visit.reading() as scene:
        return visit.page(
            "me/privacy.html",
            tabs=tabs(visit),
            chosen=chosen,
            wrong=wrong,
            muted=visit.me(scene).muted,
            longest=LONGEST_CONTACT,
            status=status,
        )
