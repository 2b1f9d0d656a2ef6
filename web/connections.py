"""How many connections are held, and for how long: strangers must not take all the bot has.

A process may have some thousand files open at once; its database, its channels and whoever
connects share them. Who only connects and says nothing would take them from all others.
"""

import asyncio
from typing import ClassVar, Final

from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

MAX_CONNECTIONS: Final = 400
BACKLOG: Final = 64  # so many are let in before room is made for them
HEAD_TIMEOUT: Final = 30.0  # seconds until the head of a request has to be there


class Connection(H11Protocol):
    """One of HTTP, that may become a WebSocket."""

    max_connections: ClassVar[int] = MAX_CONNECTIONS
    head_timeout: ClassVar[float] = HEAD_TIMEOUT
    _since: float = 0.0
    _waiting: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._waiting = self.loop.call_later(self.head_timeout, self._check_head)
        if len(self.connections) > self.max_connections:
            self._make_room()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
        super().connection_lost(exc)

    @property
    def _is_slow(self) -> bool:
        """It waits for the other side: for a request, or for the rest of one."""
        return self.cycle is None or self.cycle.response_complete or self.cycle.more_body

    def _make_room(self) -> None:
        """For a new one the oldest goes that has nothing to do; where all have, the new one."""
        held = [one for one in self.connections if isinstance(one, Connection)]
        idle = min((one for one in held if one._is_slow), key=lambda one: one._since, default=self)
        idle._hang_up()

    def _check_head(self) -> None:
        if self.scope is None:  # not a whole head yet
            self._hang_up()

    def _hang_up(self) -> None:
        self.connections.discard(self)  # is closed a moment later, and counts no more
        self.transport.abort()
