"""Who looks at a page of a community, and whether he may.

A page says what it takes in its signature, ``visit: Annotated[Visit, may("find")]``, with the
names of the table in community/rights.py: one table for the chat and for the pages.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final, TypeVar
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from community.membership import standing
from community.membership.wording import ROLES
from community.rights import Role, right_to, role_of
from community.scene import Scene
from community.settings import Settings
from community.signing_in import devices
from storage.tables import Member
from web import cookies
from web.client_address import address_of
from web.door import Door
from web.errors import (
    ForbiddenError,
    NotFoundError,
    OtherMemberError,
    SignInNeededError,
)
from web.limits import Limiter
from web.navigation import links_for
from web.rendering import Renderer
from web.sent_form import checked_form, text_of, token_of
from web.user_agents import chat_around

_SAFE: Final = frozenset({"GET", "HEAD"})
_MINUTE = timedelta(minutes=1)
_LONGEST_WORD: Final = 200
_R = TypeVar("_R", bound=Response)


@dataclass(frozen=True)
class Shared:
    """What all requests of a site share."""

    door: Door
    limiter: Limiter
    renderer: Renderer


@dataclass(frozen=True)
class Visit:
    """One request to a page of a community."""

    request: Request
    shared: Shared
    settings: Settings
    member: Member | None = None  # as the request found him; to change him take ``me``
    role: Role = "outsider"
    right: str | None = None  # what the page takes
    browser: str = ""  # digest of the sign-in
    renewed: str = ""  # its token, where the browser is to keep it for another while
    form: FormData = field(default_factory=FormData)

    @property
    def door(self) -> Door:
        """The way to the community."""
        return self.shared.door

    @property
    def home(self) -> str:
        """The path of the community's pages."""
        return f"/c/{self.settings.id}"

    @contextmanager
    def reading(self) -> Iterator[Scene]:
        """A consistent look at the community."""
        with self.door.reading(self.settings) as scene:
            yield scene

    @contextmanager
    def writing(self) -> Iterator[Scene]:
        """One transaction; a UserError raised inside undoes it.

        Who was let in may have been put out while he waited for his turn.
        """
        with self.door.writing(self.settings) as scene:
            if self.right is not None:
                check_right(scene, self.right, self.me(scene))
            yield scene

    def me(self, scene: Scene) -> Member:
        """The member within this transaction, who may be gone since the request came."""
        known = self.member and scene.session.get(Member, (scene.community_id, self.member.id))
        if known is None:
            raise SignInNeededError(self.settings.id, self.request.url.path)
        return known

    def may(self, right: str) -> bool:
        """The visitor is signed in, and his role is enough."""
        return self.member is not None and right_to(right).allows(self.role)

    def text(self, name: str) -> str:
        """A field of the form that was sent; empty where it was not filled in."""
        return text_of(self.form, name)

    def at_most(self, times: int, what: str, *, within: timedelta = _MINUTE) -> None:
        """Count this doing of the visitor. Raises TooOftenError."""
        key = f"{what}:{self.settings.id}:{self.place}"
        self.shared.limiter.spend(key, most=times, within=within)

    @property
    def place(self) -> str:
        """From where he comes: all by which a visitor can be told from others."""
        return str(self.member.id) if self.member else address_of(self.request)

    def page(self, name: str, *, status: int = 200, **context: Any) -> Response:
        """The filled template, with what every page of the community needs."""
        html = self.shared.renderer.page(name, **self._context(), **context)
        return self._finished(HTMLResponse(html, status_code=status))

    def go(self, path: str, *, said: str = "", base: str = "") -> RedirectResponse:
        """On to another page of the community, with a word of what has been done.

        ``base`` is where the path begins, if not at the pages for members.
        """
        base = base or self.home
        target = f"{base}{path}" if path.startswith(("/", "?")) else base
        if said:
            joint = "&" if "?" in target else "?"
            seal = cookies.seal_of(cookies.visitor_of(self.request), said)
            target = f"{target}{joint}said={quote(said)}&seal={seal}"
        return self._finished(RedirectResponse(target, status_code=303))

    @property
    def is_partial(self) -> bool:
        """htmx asks for a part of the page."""
        headers = self.request.headers  # going back in the history takes the whole page
        return "hx-request" in headers and "hx-history-restore-request" not in headers

    def _context(self) -> dict[str, Any]:
        visitor = cookies.visitor_of(self.request)
        return {
            "visit": self,
            "community": self.settings,
            "home": self.home,
            "me": self.member,
            "csrf": cookies.csrf_of(visitor, member_id=self.member.id if self.member else 0),
            "said": self._said(visitor),
            "links": links_for(self.home, self.role if self.member else None),
            "path": self.request.url.path,
            "chat": chat_around(self.request),
            "zone": self.settings.zone,
        }

    def _said(self, visitor: str) -> str:
        """The word of what has been done; a link from elsewhere puts none into our mouth."""
        asked = self.request.query_params
        said, seal = asked.get("said", ""), cookies.seal_of(visitor, asked.get("said", ""))
        fits = secrets.compare_digest(seal.encode(), asked.get("seal", "").encode())
        return said[:_LONGEST_WORD] if fits else ""

    def _finished(self, response: _R) -> _R:
        secure = self.door.is_secure
        # Forms of a page carry what is derived from it: it must not end before the sign-in.
        cookies.remember_visitor(self.request, response, secure=secure, again=bool(self.renewed))
        if self.renewed:
            cookies.sign_in(response, self.renewed, community_id=self.settings.id, secure=secure)
        return response


class Gate:
    """Lets a visitor in to a page, or not. ``right`` None: the page is open to everybody.

    ``checked``: a form has to come from a page of ours in the same browser. ``cut``: the page takes
    the words of one that was too large.
    """

    def __init__(self, right: str | None, *, checked: bool = True, cut: bool = False) -> None:
        self.right = right
        self.checked = checked
        self.cut = cut

    async def __call__(self, request: Request, community: str) -> Visit:
        """The visit. Raises what keeps it from taking place."""
        shared = shared_of(request)
        settings = shared.door.communities.get(community)
        if settings is None:
            raise NotFoundError
        form = FormData()
        if self.checked and request.method not in _SAFE:
            form = await checked_form(request, cut=self.cut)
        return await run_in_threadpool(self._enter, request, shared, settings, form)

    def _enter(self, request: Request, shared: Shared, settings: Settings, form: FormData) -> Visit:
        visit = _known(request, shared, settings, form)
        if self.right is None:
            return visit
        if visit.member is None:
            raise SignInNeededError(settings.id, request.url.path)
        if (was := cookies.member_of(token_of(request, form))) and was != visit.member.id:
            raise OtherMemberError(visit.member.shown)
        if not visit.may(self.right):
            with visit.reading() as scene:
                check_right(scene, self.right, visit.me(scene))
        return replace(visit, right=self.right)


def shared_of(request: Request) -> Shared:
    """What the site was made with."""
    shared: Shared = request.app.state.shared
    return shared


def may(right: str) -> Any:
    """For those whose role is enough for the right; who is not signed in is asked to."""
    return Depends(Gate(right))


def anybody(*, cut: bool = False) -> Any:
    """For everybody, signed in or not."""
    return Depends(Gate(None, cut=cut))


def holder_of_the_link() -> Any:
    """For whoever knows the address, which is a secret: mail programs send forms by themselves.

    What the form holds is not read.
    """
    return Depends(Gate(None, checked=False))


def _known(request: Request, shared: Shared, settings: Settings, form: FormData) -> Visit:
    """The visit of whoever this browser is signed in for."""
    token = request.cookies.get(cookies.SIGNED_IN, "")
    if not token:
        return Visit(request, shared, settings, form=form)
    with shared.door.reading(settings) as scene:
        row = devices.find(scene, token=token)
        if row is None:
            return Visit(request, shared, settings, form=form)
        member = scene.session.get_one(Member, (scene.community_id, row.member_id))
        role = role_of(scene, member)
        # A form may end the sign-in, and a page follows it that will do.
        stale = request.method in _SAFE and devices.is_stale(scene, row)
    if stale:
        with shared.door.writing(settings) as scene:
            again = devices.find(scene, token=token)
            if again is not None:
                devices.touch(scene, again)
    renewed = token if stale else ""
    return Visit(
        request, shared, settings, member, role, browser=row.digest, renewed=renewed, form=form
    )


def check_right(scene: Scene, right: str, member: Member) -> None:
    """Raises ForbiddenError for somebody whose role is not enough, and tells why."""
    role, needed = role_of(scene, member), right_to(right)
    if needed.allows(role):
        return
    if role == "outsider":
        said = standing.farewell(scene, member=member).replace("这个指令", "这一页")
        raise ForbiddenError(said)
    raise ForbiddenError(f"这一页是给{ROLES[needed.lowest]}看的，你现在是{ROLES[role]}。")
