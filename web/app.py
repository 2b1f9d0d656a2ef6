"""The web application: what the outside reaches over HTTP and WebSocket."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send
    from starlette.websockets import WebSocket

    from web.probes import Probes

ONEBOT_PATH = "/onebot/v11/ws"

Accept = Callable[["WebSocket"], Awaitable[None]]
"""Takes over a WebSocket that has not been accepted yet, and returns when it is over."""


class App:
    """The reverse WebSocket of QQ, and the pages, which are made when the first one is asked for.

    Loading what pages need takes most of a second and some memory; a bot that nobody visits
    spends neither.
    """

    def __init__(
        self,
        *,
        onebot: Accept | None = None,
        pages: "Callable[[], ASGIApp] | None" = None,
        probes: "Probes | None" = None,
    ) -> None:
        self._onebot = onebot
        self._probes = probes
        self._make = pages
        self._made: ASGIApp | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """One connection."""
        if scope["type"] == "websocket":
            await self._connect(scope, receive, send)
            return
        if self._probes is not None and await self._probes.answer(scope, send):
            return
        if self._made is None:
            await self._load()
        if self._made is None:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body"})
            return
        await self._made(scope, receive, send)

    async def _connect(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.websockets import WebSocket, WebSocketClose  # noqa: PLC0415 – see above

        # Operators type the address by hand, with and without a slash at its end.
        if self._onebot is None or scope["path"].rstrip("/") != ONEBOT_PATH:
            await WebSocketClose()(scope, receive, send)
            return
        await self._onebot(WebSocket(scope, receive, send))

    async def _load(self) -> None:
        async with self._making:
            if self._made is None and self._make is not None:
                self._made = await asyncio.to_thread(self._make)


def create_app(
    *,
    onebot: Accept | None = None,
    pages: "Callable[[], ASGIApp] | None" = None,
    probes: "Probes | None" = None,
) -> App:
    """The application: ``onebot`` serves QQ's WebSocket, ``pages`` makes the site.

    ``probes`` answer whoever looks after the bot.
    """
    return App(onebot=onebot, pages=pages, probes=probes)
