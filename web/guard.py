"""What holds for every page: headers that browsers enforce, and how much a request may bring."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.request_body import RequestBody

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # No inline script or style, nothing from another host, no frame around us.
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'; manifest-src 'self'"
        ),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    }
)
_SLASH: Final = 307  # the router leads from an address with a slash at its end to the page


class Guard:
    """Around the whole site."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False
        bodiless = scope["method"] == "HEAD"
        if bodiless:  # whoever only asks whether a page is there gets its headers
            scope = {**scope, "method": "GET"}

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if message["status"] == _SLASH:
                    headers["Location"] = _inside(headers["Location"])
                # A shared computer's back button shows nobody's data.
                headers.setdefault("Cache-Control", "no-store")
            elif bodiless:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, RequestBody(scope, receive).receive, guarded)
        except Exception:
            # Told in the log and to the visitor already (web/error_pages.py); the server would put
            # the whole of it into the log once more, with what the visitor wrote.
            if not started:
                raise


def _inside(address: str) -> str:
    """The path alone: behind a proxy, host and scheme of the request may be anything."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
