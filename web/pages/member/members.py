"""The directory, and what members show of themselves."""

from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from community.members import activity, contacting, directory, privacy
from community.posts import finding
from community.scene import Scene
from storage.tables import Member
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number, PageNumber, address, words
from web.pages.member import leaving, meeting
from web.paging import last_page

router = APIRouter(prefix="/c/{community}/members")
SIZE = 20
_MOST_POSTS = 20


@router.get("")
def look(
    visit: Annotated[Visit, may("whois")],
    *,
    name: str = "",
    city: str = "",
    industry: str = "",
    page: PageNumber = 1,
) -> Response:
    """Who there is, those who came last first."""
    visit.at_most(60, "members")
    asked = {"name": words(name, 40), "city": words(city, 20), "industry": words(industry, 30)}
    with visit.reading() as scene:
        found = directory.page(scene, viewer=visit.me(scene), number=page, size=SIZE, **asked)
        if page > (last := last_page(found.total, SIZE)):
            page = last
            found = directory.page(scene, viewer=visit.me(scene), number=page, size=SIZE, **asked)
        path = f"{visit.home}/members"
        context: dict[str, Any] = {
            "asked": asked,
            "found": found,
            "onward": address(path, **asked, page=page + 1) if page * SIZE < found.total else "",
            "back": address(path, **asked, page=page - 1) if page > 1 else "",
        }
        if visit.is_partial:
            return visit.page("member/listed.html", **context)
        context["city_common"] = directory.common(scene, "city")
        context["industry_common"] = directory.common(scene, "industry")
        return visit.page("member/members.html", **context)


@router.get("/{number}")
def card(visit: Annotated[Visit, may("whois")], number: Number) -> Response:
    """A member's card, his posts, and the way to leave word for him."""
    with visit.reading() as scene:
        return visit.page("member/member.html", **_about(visit, scene, number))


@router.post("/{number}/word")
def leave_word(visit: Annotated[Visit, may("whois")], number: Number) -> Response:
    """Leave word for him."""
    return leaving.leave(
        visit, meant=lambda scene: (_known(visit, scene, number), None),
        about=lambda scene: _about(visit, scene, number),
        page="member/member.html", onward=f"/members/{number}",
    )  # fmt: skip


@router.post("/{number}/meet")
def meet(visit: Annotated[Visit, may("meet")], number: Number) -> Response:
    """Ask to be put in touch with him."""
    return meeting.ask(
        visit, meant=lambda scene: (_known(visit, scene, number), None),
        about=lambda scene: _about(visit, scene, number),
        page="member/member.html", onward=f"/members/{number}",
    )  # fmt: skip


def _known(visit: Visit, scene: Scene, number: int) -> Member:
    """The member, if the visitor may know of him. Raises NotFoundError."""
    member = scene.session.get(Member, (scene.community_id, number))
    me = visit.me(scene)
    if member is None or not contacting.may_know_of(scene, viewer=me, other=member):
        raise NotFoundError("没有这位成员，或者 ta 没有公开名片。")
    return member


def _about(visit: Visit, scene: Scene, number: int) -> dict[str, Any]:
    me, member = visit.me(scene), _known(visit, scene, number)
    seen = privacy.seen(scene, member=member, viewer=me)
    own = member.id == me.id
    shown = seen.has_card
    return {
        "person": seen,
        "own": own,
        "shown": shown,
        "part": activity.of(scene, member) if shown else "关注者",
        "posts": finding.running(scene, author=member)[:_MOST_POSTS] if shown else [],
        "thanks": activity.thanks(scene, member) if shown else 0,
        "meeting": meeting.form(visit, scene, member),
        **leaving.form(visit, scene, member),
    }
