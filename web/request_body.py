"""What a request brings, counted as it comes: before anybody reads it, and before it is kept."""

from typing import Final, NoReturn

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from web.errors import TooLargeError

MOST_BYTES: Final = 27 * 2**20  # five files of 5 MB as proof, and what is written beside them
MOST_THROWN_AWAY: Final = 4 * MOST_BYTES
_MOST_PARTS: Final = 5_000  # signs that part fields: a form has some dozens, each costs time
_WITH_FILES: Final = b"\r\n--"
_PARTED: Final = (
    ("application/x-www-form-urlencoded", b"&"),
    ("multipart/form-data", _WITH_FILES),
)


class RequestBody:
    """Of a form with files that is too large, what fits is read: words come before files."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self._receive = receive
        self._sign = _sign(scope)
        self._taken = 0
        self._parts = 0
        self._more = False

    async def receive(self) -> Message:
        """The next piece. Raises TooLargeError."""
        if self._taken > MOST_BYTES:
            await self._throw_away()
        message = await self._next()
        body = message.get("body", b"")
        self._parts += body.count(self._sign) if self._sign else 0
        over = self._taken - MOST_BYTES
        if self._parts > _MOST_PARTS or (over > 0 and self._sign != _WITH_FILES):
            raise TooLargeError
        if over > 0:
            return {**message, "body": body[:-over], "more_body": True}
        return message

    async def _throw_away(self) -> NoReturn:
        """Browsers show what they are answered once they have sent all; before, an error."""
        while self._more and self._taken <= MOST_THROWN_AWAY:
            await self._next()
        raise TooLargeError

    async def _next(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        self._more = message.get("more_body", False)
        return message


def _sign(scope: Scope) -> bytes:
    """What parts the fields of the form that is sent; empty for what is no form."""
    kind = Headers(scope=scope).get("content-type", "").lower().lstrip()
    return next((sign for of, sign in _PARTED if kind.startswith(of)), b"")
