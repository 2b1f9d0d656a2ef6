"""Runs the web application inside the bot's own event loop."""

import asyncio
import socket
from typing import TYPE_CHECKING

from web.listening import ListenError, bound, knock

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from web.serving import Serving

__all__ = ["ListenError", "WebServer"]


class WebServer:
    """Bound to its port as soon as it exists, so that a busy one stops the start early.

    The server behind it is loaded when somebody connects: a bot that nobody visits saves its time
    and memory. Raises ListenError from the constructor. ``port`` 0 takes a free one, and ``taken``
    is a socket that listens already.
    """

    def __init__(
        self,
        app: "ASGIApp",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        taken: socket.socket | None = None,
    ) -> None:
        self._app = app
        self._socket = bound(host, port) if taken is None else taken
        self.port: int = self._socket.getsockname()[1]
        self._stop = asyncio.Event()
        self._serving: Serving | None = None

    async def run(self) -> None:
        """Serve until ``stop``."""
        try:
            if await self._somebody_comes():
                from web.serving import Serving  # noqa: PLC0415 – see above

                self._serving = Serving(self._app)
                await self._serving.serve(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Take no more connections, let the open ones finish, then return from ``run``."""
        self._stop.set()
        if self._serving is not None:
            self._serving.should_exit = True

    def close(self) -> None:
        """Give the port back without ever having run."""
        self._socket.close()

    async def _somebody_comes(self) -> bool:
        """False: it was told to stop before anybody came."""
        knocking = asyncio.ensure_future(knock(self._socket))
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait((knocking, stopping), return_when=asyncio.FIRST_COMPLETED)
        for one in (knocking, stopping):
            one.cancel()
        await asyncio.gather(knocking, stopping, return_exceptions=True)
        return not self._stop.is_set()
