"""Pages for what went wrong: in words, in the look of the site, with a way on."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from community.errors import UserError
from storage.errors import is_away
from web import cookies
from web.access import shared_of
from web.errors import ForbiddenError, NotFoundError, PageError, SignInNeededError

# Fields that nobody has written himself.
_OURS = frozenset({"seen", "state", "from", "after", "device"})
_LEAST = 8  # characters that it would be a pity to lose
_AWAY = "数据库暂时连不上，刚才的操作没有保存。请过一会儿再试。"
_FAULT = "出了点问题，我已记下。刚才的操作没有保存，请稍后再试一次。"


def add_mishaps(app: FastAPI) -> None:
    """Turn each kind of trouble into its page."""
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(PageError, _page_error)
    app.add_exception_handler(UserError, _user_error)
    app.add_exception_handler(RequestValidationError, _not_found)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


async def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)
    query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
    target = f"/c/{error.community_id}/sign-in?next={quote(error.path + query)}"
    if "hx-request" in request.headers:  # not only a part of the page, but all of it
        return Response(headers={"HX-Redirect": target})
    typed = [one for name, one in error.typed if one and not _is_ours(name)]
    if typed:
        return _kept(request, error, [one for one in typed if len(one) >= _LEAST])
    return RedirectResponse(target, status_code=303)


def _is_ours(name: str) -> bool:
    return name in _OURS or name.startswith("was_")


def _kept(request: Request, error: SignInNeededError, shown: list[str]) -> Response:
    """The form once more: it came from a page of ours, and only waits for somebody to sign in."""
    shared = shared_of(request)
    community = shared.door.communities[error.community_id]
    html = shared.renderer.page(
        "kept.html", community=community, home=f"/c/{community.id}", path=error.path,
        csrf=cookies.csrf_of(cookies.visitor_of(request)), typed=error.typed, shown=shown,
    )  # fmt: skip
    return HTMLResponse(html, status_code=403)


async def _page_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)
    refused = isinstance(error, ForbiddenError)
    return shown(request, error.text, error.status, refused=refused)


async def _user_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, UserError)
    return shown(request, error.text, 409)


async def _not_found(request: Request, _error: Exception) -> Response:
    """A path or a field of a form that is no value of its kind."""
    return shown(request, NotFoundError().text, 404)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    if error.status_code == 405 and request.method == "GET" and path.count("/") > 1:
        # Where a form was sent to; a phone that comes back to it asks anew. It stood further up.
        return RedirectResponse(path.rpartition("/")[0], status_code=303)
    text = NotFoundError().text if error.status_code in (404, 405) else "这个请求没有看懂。"
    return shown(request, text, error.status_code)


async def _fault(request: Request, error: Exception) -> Response:
    """The boundary: told once in the log, and to the visitor in one sentence."""
    if is_away(error):
        return shown(request, _AWAY, 503)
    shared = shared_of(request)
    shared.door.fault("a page", error)
    return shown(request, _FAULT, 500)


def shown(request: Request, text: str, status: int, *, refused: bool = False) -> Response:
    """The page that says so.

    ``refused``: the way home may be closed as well, so there is one out.
    """
    shared = shared_of(request)
    community = shared.door.communities.get(request.path_params.get("community", ""))
    home = f"/c/{community.id}" if community else ""
    applies = request.url.path.startswith("/join/")
    form = f"/join/{community.id}" if community and applies else ""
    csrf = cookies.csrf_of(cookies.visitor_of(request)) if refused and community else ""
    html = shared.renderer.page(
        "mishap.html", text=text, community=community, home=home, leaving=csrf, form=form
    )
    response = HTMLResponse(html, status_code=status)
    if csrf:
        cookies.remember_visitor(request, response, secure=shared.door.is_secure)
    return response
