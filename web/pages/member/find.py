"""Looking through the pool: posts and people in one box, ranked as #找 ranks them."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, cast

from fastapi import APIRouter
from starlette.responses import Response

from community.members import directory
from community.pool import browsing
from community.pool.browsing import Newest
from community.pool.finding import Hits, find
from community.pool.scope import Kind, Scope
from community.scene import Scene
from web.access import Visit, may
from web.form_values import Before, PageNumber, address, words
from web.paging import last_page

router = APIRouter(prefix="/c/{community}")
POSTS, PEOPLE = 10, 12  # on one page
_BESIDE = 5  # people beside posts
_KINDS = ("", "need", "offer", "member")


@dataclass(frozen=True)
class _Asked:
    """What somebody looks for."""

    q: str
    kind: Kind
    city: str
    industry: str
    closed: bool
    page: int

    @property
    def filters(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "city": self.city,
            "industry": self.industry,
            "closed": "1" if self.closed else "",
        }

    def scope(self, *, guest: bool) -> Scope:
        people = PEOPLE if self.kind == "member" else _BESIDE if self.page == 1 else 0
        size = PEOPLE if self.kind == "member" else POSTS
        return Scope(
            kind=self.kind,
            city=self.city,
            industry=self.industry,
            closed=self.closed,
            posts=POSTS,
            members=0 if guest else people,
            skip=(self.page - 1) * size,
        )


@router.get("/find")
def look(
    visit: Annotated[Visit, may("find")],
    *,
    q: str = "",
    kind: str = "",
    city: str = "",
    industry: str = "",
    closed: str = "",
    page: PageNumber = 1,
    before: Before = None,
) -> Response:
    """What has to do with the words, and why; without words what is new."""
    visit.at_most(60, "find")
    known = cast("Kind", kind) if kind in _KINDS else ""
    asked = _Asked(words(q), known, words(city, 20), words(industry, 30), bool(closed), page)
    with visit.reading() as scene:
        hits, newest = Hits(), Newest((), None)
        if asked.q:
            hits = _found(visit, scene, asked)
            if asked.page > (last := _last(asked, hits)):
                asked = replace(asked, page=last)
                hits = _found(visit, scene, asked)
        else:
            scope = asked.scope(guest=not visit.may("whois"))
            newest = browsing.newest(
                scene, scope=scope, viewer=visit.me(scene), before=before, size=POSTS
            )
        context: dict[str, Any] = {
            "asked": asked,
            "hits": hits,
            "newest": newest,
            "before": before,
            **_ways(visit, asked, hits, newest),
        }
        if visit.is_partial:
            return visit.page("member/found.html", **context)
        context["city_common"] = directory.common(scene, "city")
        context["industry_common"] = directory.common(scene, "industry")
        return visit.page("member/find.html", **context)


def _found(visit: Visit, scene: Scene, asked: _Asked) -> Hits:
    scope = asked.scope(guest=not visit.may("whois"))
    return find(scene, words=asked.q, member=visit.me(scene), scope=scope)


def _last(asked: _Asked, hits: Hits) -> int:
    people = asked.kind == "member"
    return last_page(hits.all_members if people else hits.all_posts, PEOPLE if people else POSTS)


def _ways(visit: Visit, asked: _Asked, hits: Hits, newest: Newest) -> dict[str, str]:
    """Where to go on from here."""
    path = f"{visit.home}/find"
    onward = back = ""
    if asked.q and asked.page < _last(asked, hits):
        onward = address(path, q=asked.q, **asked.filters, page=asked.page + 1)
    if asked.q and asked.page > 1:
        back = address(path, q=asked.q, **asked.filters, page=asked.page - 1)
    if newest.before is not None:
        onward = address(path, **asked.filters, before=newest.before)
    people = address(path, q=asked.q, **{**asked.filters, "kind": "member"})
    called = address(f"{visit.home}/members", name=directory.as_name(asked.q))
    return {"onward": onward, "back": back, "people": people, "directory": called}
