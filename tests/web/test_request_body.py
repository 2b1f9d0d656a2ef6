"""How much of a request is read, and how much more is heard."""

import pytest
from starlette.types import Message

from web.errors import TooLargeError
from web.request_body import MOST_BYTES, MOST_THROWN_AWAY, RequestBody

_PIECE = b"x" * 2**20
_READ, _HEARD = MOST_BYTES // len(_PIECE), MOST_THROWN_AWAY // len(_PIECE)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("kind", "sent", "heard"),
    [
        ("multipart/form-data; boundary=b", _READ + 2, _READ + 2),
        ("multipart/form-data; boundary=b", _HEARD + 9, _HEARD + 1),
        ("application/x-www-form-urlencoded", _READ + 2, _READ + 1),
    ],
)
async def test_what_is_too_large(kind: str, sent: int, heard: int) -> None:
    left, read = sent, bytearray()

    async def receive() -> Message:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": _PIECE, "more_body": left > 0}

    async def read_all(body: RequestBody) -> None:
        while True:
            read.extend((await body.receive())["body"])

    scope = {"type": "http", "headers": [(b"content-type", kind.encode())]}
    with pytest.raises(TooLargeError):
        await read_all(RequestBody(scope, receive))
    assert (len(read), sent - left) == (MOST_BYTES, heard)
