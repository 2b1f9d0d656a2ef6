"""What machines ask a running bot: is it well, and what has it counted.

Plain ASGI in front of the pages: an answer must not wait until they are loaded.
"""

import ipaddress
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from web.client_address import PASSED_ON

if TYPE_CHECKING:
    from starlette.types import Scope, Send

_TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Probes:
    """``/healthz`` and ``/metrics``.

    ``trouble`` tells in a word what is wrong, ``metrics`` takes an Accept header and gives content
    type and body. ``token`` lets readers in from elsewhere.
    """

    trouble: Callable[[], Awaitable[str]]
    metrics: Callable[[str], Awaitable[tuple[str, bytes]]]
    token: str = ""

    async def answer(self, scope: "Scope", send: "Send") -> bool:
        """False: it is not for us, and nothing has been sent."""
        if scope["method"] not in ("GET", "HEAD"):
            return False
        match scope["path"]:
            case "/healthz":
                trouble = await self.trouble()
                # What is wrong is nobody's business who only passes by.
                told = trouble if self._is_trusted(scope) else "unavailable"
                await _respond(send, 503 if trouble else 200, f"{told if trouble else 'ok'}\n")
            case "/metrics" if self._is_trusted(scope):
                content_type, body = await self.metrics(_header(scope, b"accept"))
                await _respond(send, 200, body, content_type)
            case _:
                return False
        return True

    def _is_trusted(self, scope: "Scope") -> bool:
        scheme, _, given = _header(scope, b"authorization").partition(" ")
        if self.token and scheme.lower() == "bearer":
            return secrets.compare_digest(given.strip().encode(), self.token.encode())
        return _is_here(scope)


def _is_here(scope: "Scope") -> bool:
    """The peer sits on this machine, and is no proxy that speaks for somebody else."""
    if any(name.decode("latin-1") in PASSED_ON for name, _ in scope["headers"]):
        return False
    if scope.get("http_version") == "1.0":  # as proxies speak that say nothing of themselves
        return False
    try:
        address = ipaddress.ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _header(scope: "Scope", wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")


async def _respond(send: "Send", status: int, body: bytes | str, kind: str = _TEXT) -> None:
    content = body.encode() if isinstance(body, str) else body
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
