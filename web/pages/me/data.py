"""All that is kept of somebody: to read, to take along, to have erased."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.membership import codes, erase_code, erasure, export
from community.membership.erasure import Choice
from community.signing_in.codes import typed
from web import cookies
from web.access import Visit, may
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me/data")
_HOUR = timedelta(hours=1)
_CHOICES: Mapping[str, Choice] = {"anonymous": "anonymous", "removed": "removed"}


@router.get("")
def show(visit: Annotated[Visit, may("export")], asked: str = "") -> Response:
    """Everything, in words. ``asked``: a code for the erasure is on its way."""
    return _page(visit, asked=bool(asked))


@router.get(".json")
def download(visit: Annotated[Visit, may("export")]) -> Response:
    """Everything, as data."""
    visit.at_most(10, "data")
    with visit.reading() as scene:
        data = export.collect(scene, member=visit.me(scene))
    return Response(
        json.dumps(data, ensure_ascii=False, indent=1),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="laoyou.json"'},
    )


@router.post("/code")
def send_code(visit: Annotated[Visit, may("erase")]) -> Response:
    """Send the code that an erasure takes."""
    visit.at_most(5, "erase-code", within=_HOUR)
    try:
        with visit.writing() as scene:
            where = erase_code.send_code(scene, member=visit.me(scene))
    except UserError as error:
        return _page(visit, asked=False, wrong=error.why, status=422)
    return visit.go("/me/data?asked=1", said=f"验证码发到{where}了，10 分钟内有效。")


@router.post("/erase")
def erase(visit: Annotated[Visit, may("erase")]) -> Response:
    """Erase everything, if the code is right."""
    visit.at_most(10, "erase", within=_HOUR)
    choice, code = _CHOICES.get(visit.text("choice")), typed(visit.text("code"))
    if choice is None:
        return _page(visit, asked=True, wrong="先选一种删法。", status=422)
    with visit.writing() as scene:
        me = visit.me(scene)
        right = codes.holder(scene, code=code, purpose="erase") == me.id
        done = erasure.erase(scene, member=me, choice=choice) if right else None
    if done is None:
        wrong = "验证码不对或已过期，什么都没删。"
        return _page(visit, asked=True, wrong=wrong, choice=choice, status=422)
    stranger = replace(visit, member=None, role="outsider")
    response = stranger.page("me/erased.html", done=done)
    cookies.sign_out(response, community_id=visit.settings.id)
    return response


def _page(
    visit: Visit, *, asked: bool, wrong: str = "", choice: str = "", status: int = 200
) -> Response:
    with visit.reading() as scene:
        text = export.as_text(export.collect(scene, member=visit.me(scene)))
    return visit.page(
        "me/data.html",
        tabs=tabs(visit),
        text=text,
        asked=asked,
        wrong=wrong,
        choice=choice,
        status=status,
    )
