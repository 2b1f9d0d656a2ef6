"""Serves web applications, each on a port of its own, while a test runs."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from web.server import WebServer

Serve = Callable[[ASGIApp], str]
_PATIENCE = 60.0


class Server:
    """The bot's own server, in a thread with a loop of its own. What it serves can be changed."""

    def __init__(self) -> None:
        self._app: ASGIApp | None = None
        self._open = 0
        self._changed = threading.Condition()
        self._server = WebServer(self, host="127.0.0.1", port=0)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.run()))
        self._thread.start()

    @contextmanager
    def serving(self, app: ASGIApp) -> Iterator[str]:
        """Serve this one; gives the address."""
        self._app = app
        try:
            yield f"http://127.0.0.1:{self._server.port}"
        finally:
            self._app = None
            with self._changed:  # a request of this test must not write into the next one's tables
                done = self._changed.wait_for(lambda: not self._open, _PATIENCE)
            assert done, "a request does not end"

    def stop(self) -> None:
        """Give the port back."""
        self._server.stop()
        self._thread.join(_PATIENCE)
        assert not self._thread.is_alive(), "the web server does not stop"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request on to what is served now."""
        app = self._app
        assert app is not None, "asked after the end of the test"
        with self._changed:
            self._open += 1
        try:
            await app(scope, receive, send)
        finally:
            with self._changed:
                self._open -= 1
                self._changed.notify_all()


class Servers:
    """As many as tests have wanted at once."""

    def __init__(self) -> None:
        self._idle: list[Server] = []
        self._all: list[Server] = []

    @contextmanager
    def serving(self, app: ASGIApp) -> Iterator[str]:
        """Serve the application on a server that has nothing to do."""
        if not self._idle:
            self._idle.append(Server())
            self._all.append(self._idle[-1])
        server = self._idle.pop()
        with server.serving(app) as address:
            yield address
        self._idle.append(server)

    def stop(self) -> None:
        """Stop all."""
        for server in self._all:
            server.stop()
