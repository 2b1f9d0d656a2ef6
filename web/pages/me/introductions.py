"""Introductions: who wants to know one, whom one has asked, and what came of it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.introductions import answering, chasing, listing, wording
from community.members.privacy import LONGEST_CONTACT
from community.scene import Scene
from storage.tables import Introduction, Member
from web.access import Visit, may
from web.form_values import Number
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me/introductions")
Step = Callable[[Scene, Introduction, Member], str]


@router.get("")
def show(visit: Annotated[Visit, may("introductions")]) -> Response:
    """What waits for an answer, and how the others stand."""
    return _page(visit)


@router.post("/{number}/agree")
def agree(visit: Annotated[Visit, may("introductions")], number: Number) -> Response:
    """He is willing."""

    def step(scene: Scene, row: Introduction, me: Member) -> str:
        contact = visit.text("contact").strip()
        if answering.agree(scene, row=row, person=me, contact=contact):
            return f"好，I{row.id} 牵上线了，联系方式也给了对方；ta 的私聊发给你了。"
        return f"记下了，I{row.id} 对方也愿意的话，我把联系方式给你。"

    return _do(visit, number, step)


@router.post("/{number}/decline")
def decline(visit: Annotated[Visit, may("introductions")], number: Number) -> Response:
    """He is not, or not any more."""

    def step(scene: Scene, row: Introduction, me: Member) -> str:
        answering.decline(scene, row=row, person=me)
        return f"好，I{row.id} 到此为止，没有人会知道。"

    return _do(visit, number, step)


@router.post("/{number}/outcome")
def settle(visit: Annotated[Visit, may("introductions")], number: Number) -> Response:
    """What came of it."""

    def step(scene: Scene, row: Introduction, me: Member) -> str:
        outcome = next((one for one in wording.SETTLED if one == visit.text("outcome")), None)
        if outcome is None:
            raise UserError("选一个：成了、没成、还在谈。")
        done = chasing.settle(scene, row=row, person=me, outcome=outcome)
        return wording.SETTLED[outcome] + done

    return _do(visit, number, step)


def _do(visit: Visit, number: int, step: Step) -> Response:
    visit.at_most(30, "introduction")
    try:
        with visit.writing() as scene:
            me = visit.me(scene)
            row = answering.by_number(scene, number=number, person=me)
            said = step(scene, row, me)
    except UserError as error:
        return _page(visit, number, error.why, status=422)
    return visit.go("/me/introductions", said=said)


def _page(visit: Visit, number: int = 0, wrong: str = "", *, status: int = 200) -> Response:
    """The page; where something is wrong, with what was typed about the one of that number."""
    with visit.reading() as scene:
        me = visit.me(scene)
        found = listing.of(scene, me)
        asked = {row.id for row in listing.unsettled(scene, me)}
        waits = {one.row.id for one in found.lines if answering.may_take_back(scene, one.row, me)}
        return visit.page(
            "me/introductions.html",
            status=status,
            tabs=tabs(visit),
            questions=[listing.question(scene, row, me) for row in found.awaiting],
            lines=found.lines,
            put_in_touch=found.put_in_touch,
            unsettled=asked,
            waits=waits,
            number=number,
            wrong=wrong,
            contact=visit.text("contact"),
            longest=LONGEST_CONTACT,
        )
