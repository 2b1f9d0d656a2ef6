"""Members: look for them, look at one, decide about him. The rules are those of the chat."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.membership import roles, sanctions
from community.membership.wording import ROLES
from community.office import people
from community.scene import Scene
from storage.tables import Member
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number, Place, as_number
from web.pages.office.frame import asked, office

router = APIRouter(prefix="/c/{community}/office/members")


@router.get("")
def listed(
    visit: Annotated[Visit, may("office.members")], before: Place = 0, after: Place = 0
) -> Response:
    """All, or those that fit."""
    chosen = asked(visit, q="", role="", state="active", city="")
    with visit.reading() as scene:
        found = people.page(
            scene, words=chosen["q"], role=chosen["role"], state=chosen["state"],
            city=chosen["city"], before=before, after=after,
        )  # fmt: skip
        return office(
            visit, "members.html", page=found, chosen=chosen, query=urlencode(chosen),
            roles=[(key, text) for key, text in ROLES.items() if key != "outsider"],
            states=list(people.STATES.items()),
        )  # fmt: skip


@router.get("/{number}")
def one(visit: Annotated[Visit, may("office.members")], number: Number) -> Response:
    """Everything about one of them."""
    return _shown(visit, number)


@router.post("/{number}/role")
def role(visit: Annotated[Visit, may("role")], number: Number) -> Response:
    """Give another role."""

    def give(scene: Scene, member: Member) -> str:
        wanted = next((one for one in roles.GIVEN if one == visit.text("role")), None)
        if wanted is None:
            raise UserError("选一个角色。")
        reason = visit.text("reason").strip()
        before = roles.give(scene, actor=visit.me(scene), member=member, role=wanted, reason=reason)
        return f"{member.shown} 从{ROLES[before]}改成了{ROLES[wanted]}，已经告诉 ta。"

    return _done(visit, number, "role", give)


@router.post("/{number}/remove")
def remove(visit: Annotated[Visit, may("remove")], number: Number) -> Response:
    """End the membership, with clause and reason."""
    return _done(visit, number, "remove", lambda scene, member: _out(visit, scene, member))


@router.post("/{number}/bar")
def bar(visit: Annotated[Visit, may("bar")], number: Number) -> Response:
    """Likewise for good."""
    return _done(
        visit, number, "remove", lambda scene, member: _out(visit, scene, member, bar=True)
    )


@router.post("/{number}/lift")
def lift(visit: Annotated[Visit, may("lift")], number: Number) -> Response:
    """Take that back."""

    def restore(scene: Scene, member: Member) -> str:
        reason = visit.text("reason").strip()
        barred = sanctions.lift(scene, actor=visit.me(scene), member=member, reason=reason)
        what = "移出黑名单，" if barred else ""
        return f"{member.shown} 已{what}恢复成员资格，已经告诉 ta。"

    return _done(visit, number, "lift", restore)


def _out(visit: Visit, scene: Scene, member: Member, *, bar: bool = False) -> str:
    reason = visit.text("reason").strip()
    if not reason:
        raise UserError("要写上理由，本人会看到。")
    withdrawn = sanctions.remove(
        scene, actor=visit.me(scene), member=member, reason=reason, bar=bar,
        clause=as_number(visit.text("clause")) or 0,
    )  # fmt: skip
    done = "拉黑" if bar else "移除"
    return f"已{done} {member.shown}，撤下 {withdrawn} 条，已经把理由告诉 ta。"


def _done(
    visit: Visit, number: int, about: str, change: Callable[[Scene, Member], str]
) -> Response:
    try:
        with visit.writing() as scene:
            said = change(scene, _found(scene, number))
    except UserError as error:
        return _shown(visit, number, wrong=error.text, about=about, status=422)
    return visit.go(f"/office/members/{number}", said=said)


def _found(scene: Scene, number: int) -> Member:
    member = people.find(scene, number)
    if member is None:
        raise NotFoundError
    return member


def _shown(
    visit: Visit, number: int, *, wrong: str = "", about: str = "", status: int = 200
) -> Response:
    with visit.reading() as scene:
        person = people.person(scene, member=_found(scene, number), viewer=visit.me(scene))
        return office(
            visit, "member.html", status=status, person=person, names=ROLES, wrong=wrong,
            about=about, clauses=scene.settings.terms.covenant.clauses,
        )  # fmt: skip
