"""Pages for what went wrong: in words, in the look of the site, with a way on."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, RedirectResponse, Response

from community.errors import UserError
from storage.errors import is_away
from web import cookies
from web.access import shared_of
from web.errors import (
    ForbiddenError,
    NotFoundError,
    PageError,
    SignInNeededError,
    StaleFormError,
)
from web.user_agents import chat_around

# Fields that nobody has written himself.
_OURS = frozenset({"seen", "state", "from", "after", "device"})
_LEAST = 8  # characters that it would be a pity to lose
_AWAY = "数据库暂时连不上，刚才的操作没有保存。请过一会儿再试。"
_STALE = "这一页放太久了，为了安全没有提交。"
_PASSING = frozenset({429, 500, 503})  # the same form may do in a while
_FAULT = "出了点问题，我已记下。刚才的操作没有保存，请稍后再试一次。"


Typed = Sequence[tuple[str, str]]


def add_error_pages(app: FastAPI) -> None:
    """Turn each kind of trouble into its page."""
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(PageError, _page_error)
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _fault)


async def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)
    query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
    target = f"/c/{error.community_id}/sign-in?next={quote(error.path + query)}"
    if "hx-request" in request.headers:  # not only a part of the page, but all of it
        return Response(headers={"HX-Redirect": target})
    typed = _typed(request)
    if _own(typed):
        return _kept(request, error, typed)
    return RedirectResponse(target, status_code=303)


def _own(typed: Typed) -> list[str]:
    """What the visitor has filled in himself."""
    ours = (name in _OURS or name.startswith("was_") for name, _ in typed)
    return [one for (_, one), is_ours in zip(typed, ours, strict=True) if one and not is_ours]


def _long(typed: Typed) -> list[str]:
    return [one for one in _own(typed) if len(one) >= _LEAST]


def _kept(request: Request, error: SignInNeededError, typed: Typed) -> Response:
    """The form once more: it came from a page of ours, and only waits for somebody to sign in."""
    shared = shared_of(request)
    community = shared.door.communities[error.community_id]
    html = shared.renderer.page(
        "kept.html", community=community, home=f"/c/{community.id}", path=error.path,
        csrf=cookies.csrf_of(cookies.visitor_of(request)), typed=typed, shown=_long(typed),
        chat=chat_around(request),
    )  # fmt: skip
    return HTMLResponse(html, status_code=403)


async def _page_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)
    if isinstance(error, StaleFormError):
        return _stale(request, error)
    refused = isinstance(error, ForbiddenError)
    return error_page(request, error.text, error.status, refused=refused)


def _stale(request: Request, error: StaleFormError) -> Response:
    """The form once more, if it is ours: another site must not put words into a page of ours."""
    typed = _typed(request) if _is_from_here(request) else []
    if not _own(typed):
        request.state.typed = []
        return error_page(request, error.text, error.status)
    return error_page(request, _STALE, error.status, again=True)


def _is_from_here(request: Request) -> bool:
    """A browser says that the form stood on a page of this site."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return urlsplit(origin).netloc == request.headers.get("host")


def _typed(request: Request) -> Typed:
    """Name and value of each field of the form that was sent, as far as it is words."""
    typed: Typed = getattr(request.state, "typed", [])
    return typed


async def _user_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, UserError)
    return error_page(request, error.text, 409)


async def _not_found(request: Request, _error: Exception) -> Response:
    """A path or a field of a form that is no value of its kind."""
    return error_page(request, NotFoundError().text, 404)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 405 and request.method == "GET" and path.count("/") > 1:
        # Where a form was sent to; a phone that comes back to it asks anew. It stood further up.
        return RedirectResponse(path.rpartition("/")[0], status_code=303)
    text = NotFoundError().text if error.status_code in (404, 405) else "这个请求没有看懂。"
    return error_page(request, text, error.status_code)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Whoever sent the form hung up before it was here: nobody reads the answer."""
    return Response(status_code=400)


async def _fault(request: Request, error: Exception) -> Response:
    """The boundary: told once in the log, and to the visitor in one sentence."""
    if is_away(error):
        return error_page(request, _AWAY, 503)
    shared = shared_of(request)
    shared.door.fault("a page", error)
    return error_page(request, _FAULT, 500)


def error_page(
    request: Request, text: str, status: int, *, refused: bool = False, again: bool = False
) -> Response:
    """The page that says so, with what had been typed: not every browser has it when going back.

    ``refused``: the way home may be closed as well, so there is one out. ``again``: the same form
    may be sent once more.
    """
    shared = shared_of(request)
    community = shared.door.communities.get(request.path_params.get("community", ""))
    home = f"/c/{community.id}" if community else ""
    applies = request.url.path.startswith("/join/")
    form = f"/join/{community.id}" if community and applies else ""
    typed = _typed(request)
    again = bool(again or status in _PASSING) and bool(_own(typed))
    leaving = refused and community is not None
    csrf = cookies.csrf_of(cookies.visitor_of(request)) if leaving or again else ""
    html = shared.renderer.page(
        "error_page.html", text=text, community=community, home=home, form=form, leaving=leaving,
        token_of_form=csrf, path=request.url.path, typed=typed if again else [],
        shown=_long(typed),
    )  # fmt: skip
    response = HTMLResponse(html, status_code=status)
    if csrf:
        cookies.remember_visitor(request, response, secure=shared.door.is_secure)
    return response
