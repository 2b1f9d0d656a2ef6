"""Events in the office: what is coming, what is over, and the form for holding one."""

from collections.abc import Collection, Mapping
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.events import holding, overview, planning
from community.events.drafting import Draft
from community.events.wording import item, left, when
from community.scene import Scene
from storage.tables import Member
from web.access import Visit, may
from web.pages.office.frame import office

router = APIRouter(prefix="/c/{community}/office/events")
NAMES: Final = ("title", "time", "place", "cap", "closes", "priority", "note")
_PAST = 20
LONGEST: Final[Mapping[str, int]] = {
    "title": planning.LONGEST_TITLE,
    "place": planning.LONGEST_PLACE,
    "note": planning.LONGEST_NOTE,
}


@router.get("")
def listed(visit: Annotated[Visit, may("host")]) -> Response:
    """What is coming, and what is over."""
    return _shown(visit)


@router.post("")
def host(visit: Annotated[Visit, may("host")]) -> Response:
    """Hold one, and tell the groups of it. Who clicks twice holds one."""
    visit.at_most(10, "host")
    values = typed(visit)
    wanted = draft(values)
    with visit.reading() as scene:
        wrong = planning.complete(scene, wanted).beside
    if wrong:
        return _shown(visit, values=values, wrong=wrong, status=422)
    try:
        with visit.writing() as scene:
            number, said = _held(scene, visit.me(scene), wanted)
    except UserError as error:
        return _shown(visit, values=values, refused=error.why, status=422)
    return visit.go(f"/office/events/{number}", said=said)


def typed(visit: Visit) -> dict[str, str]:
    """What stands in the fields; only the description has several lines."""
    given = {name: visit.text(name).strip() for name in NAMES}
    return {
        name: text if name == "note" else " ".join(text.split()) for name, text in given.items()
    }


def draft(values: Mapping[str, str], untouched: Collection[str] = ()) -> Draft:
    """The same as the chat reads it; ``untouched`` are fields that nobody speaks of."""
    said = {name: text for name, text in values.items() if name not in untouched}
    fields = {name: text for name, text in said.items() if text and name not in ("title", "note")}
    emptied = frozenset(name for name, text in said.items() if not text)
    return Draft(said.get("title", ""), fields, said.get("note", ""), emptied)


def _held(scene: Scene, actor: Member, wanted: Draft) -> tuple[int, str]:
    """The event's number, and what to tell."""
    event = holding.held_just_now(scene, actor=actor, draft=wanted)
    if event is not None:
        return event.id, f"{item(event)}刚刚已经办好了，没有再办一次。"
    event = holding.host(scene, actor=actor, draft=wanted)
    groups = "、".join(holding.announce(scene, event))
    where = f"已经发到 {groups}" if groups else "没有群可以发通知，请自己转告大家"
    return event.id, f"{item(event)}办好了，{where}。"


def _shown(
    visit: Visit,
    *,
    values: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
    status: int = 200,
) -> Response:
    with visit.reading() as scene:
        return office(
            visit, "events.html", status=status,
            coming=overview.coming(scene, viewer=visit.me(scene)),
            past=overview.past(scene, limit=_PAST), when=partial(when, scene), left=left,
            now=scene.now, values=values or dict.fromkeys(NAMES, ""), wrong=wrong or {},
            refused=refused, longest=LONGEST, seats=planning.SEATS, example=planning.EXAMPLE,
        )  # fmt: skip
