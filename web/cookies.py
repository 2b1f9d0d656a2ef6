"""The cookies: one tells browsers apart, one for each community says who is signed in."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from community.signing_in.devices import IDLE
from web.form_values import as_number

VISITOR = "laoyou_visitor"
SIGNED_IN = "laoyou_in"
_VISITOR_LIFE = timedelta(days=90)
_SHORTEST = 20  # characters of a token that we have made


def visitor_of(request: Request) -> str:
    """The browser's own token; a new one where it has none, which ``remember`` hands out."""
    held = request.cookies.get(VISITOR, "")
    if len(held) < _SHORTEST:
        held = getattr(request.state, "visitor", "") or secrets.token_urlsafe(24)
    request.state.visitor = held
    return held


def csrf_of(visitor: str, *, member_id: int = 0) -> str:
    """What a form of this browser has to carry. Another site can send the cookie, not read it.

    With the number of the member for whom the page was made, if it was made for one.
    """
    proof = hmac.new(visitor.encode(), b"form", hashlib.sha256).hexdigest()
    return f"{proof}.{member_id}" if member_id else proof


def is_from(visitor: str, token: str) -> bool:
    """A form with that token stood on a page of this browser."""
    proof = token.partition(".")[0]
    return secrets.compare_digest(proof.encode(), csrf_of(visitor).encode())


def member_of(token: str) -> int:
    """For whom its page was made; 0: for nobody in particular."""
    return as_number(token.partition(".")[2]) or 0


def seal_of(visitor: str, text: str) -> str:
    """What shows that a text in an address was put there by us, for this very browser."""
    return hmac.new(visitor.encode(), f"said:{text}".encode(), hashlib.sha256).hexdigest()[:16]


def remember_visitor(
    request: Request, response: Response, *, secure: bool, again: bool = False
) -> None:
    """Hand out the browser's token where a page has used a new one, or for another while."""
    token = getattr(request.state, "visitor", "")
    if token and (again or request.cookies.get(VISITOR) != token):
        put(response, VISITOR, token, path="/", life=_VISITOR_LIFE, secure=secure)


def sign_in(response: Response, token: str, *, community_id: str, secure: bool) -> None:
    """This browser is signed in in that community from now on."""
    put(response, SIGNED_IN, token, path=f"/c/{community_id}", life=IDLE, secure=secure)


def sign_out(response: Response, *, community_id: str) -> None:
    """No longer."""
    response.delete_cookie(SIGNED_IN, path=f"/c/{community_id}", httponly=True, samesite="lax")


def put(
    response: Response, name: str, value: str, *, path: str, life: timedelta, secure: bool
) -> None:
    """A cookie that no script reads and no other site sends along with a form."""
    response.set_cookie(
        name,
        value,
        max_age=int(life.total_seconds()),
        path=path,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
