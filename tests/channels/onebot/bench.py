"""A channel under test: a clock that tests hold, and a web server for it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.channels.onebot import OneBot
from community.actions import Send, Text
from tests.onebot_peer.peer import PATIENCE, Peer
from web.app import ONEBOT_PATH, create_app
from web.server import WebServer

GROUP = 123456
TOKEN = "secret"
ROOM = f"onebot:{GROUP}"
BRIEF = 1.0  # seconds until an answer that never comes is given up: all others come before


def words(text: str) -> Send:
    """Something to say in the group."""
    return Send(group=f"onebot:{GROUP}", segments=(Text(text=text),))


class HeldClock:
    """Sleeps only note how long they would be; from ``held`` seconds on they last until the test
    ends them.
    """

    def __init__(self) -> None:
        self.time = datetime.now(UTC)
        self.slept: list[float] = []
        self.sleeping = 0
        self._held = 100.0
        self._ended = 0
        self._changed = asyncio.Condition()

    def now(self) -> datetime:
        """The time it was set to."""
        return self.time

    def advance(self, by: timedelta) -> None:
        """Turn the hands."""
        self.time += by

    async def hold_from(self, seconds: float) -> None:
        """Hold all sleeps that last as long, and end the shorter ones."""
        await self._set(held=seconds)

    async def end(self) -> None:
        """Wait until somebody sleeps, and end all sleeps."""
        await self.until(lambda: self.sleeping)
        await self._set(ended=self._ended + 1)

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition on ``slept`` or ``sleeping`` holds."""
        async with self._changed, asyncio.timeout(PATIENCE):
            await self._changed.wait_for(condition)

    async def sleep(self, seconds: float) -> None:
        """Wait for the test, if it is a long sleep."""
        async with self._changed:
            ended = self._ended
            self.slept.append(seconds)
            self.sleeping += 1
            self._changed.notify_all()
            try:
                await self._changed.wait_for(lambda: seconds < self._held or self._ended > ended)
            finally:
                self.sleeping -= 1

    async def _set(self, *, held: float | None = None, ended: int | None = None) -> None:
        async with self._changed:
            self._held = self._held if held is None else held
            self._ended = self._ended if ended is None else ended
            self._changed.notify_all()


def in_the_same_group() -> Peer:
    """A second account of the bot."""
    second = Peer(number=10002000)
    second.seat(GROUP, 30003000, "小红")
    return second


def reverse(token: str = TOKEN) -> OneBot:
    """A channel that implementations dial."""
    return OneBot(access_token=token, clock=HeldClock(), groups=[f"onebot:{GROUP}"])


@asynccontextmanager
async def served(channel: OneBot) -> AsyncIterator[str]:
    """The channel can be dialled at this address."""
    server = WebServer(create_app(onebot=channel.accept), host="127.0.0.1", port=0)
    task = asyncio.create_task(server.run())
    try:
        yield f"ws://127.0.0.1:{server.port}{ONEBOT_PATH}"
    finally:
        server.stop()
        await task


async def forward(peer: Peer, clock: HeldClock, patience: float = 10.0) -> OneBot:
    """A channel that dials the peer, and waits so long for an answer."""
    return OneBot(
        access_token=TOKEN, url=await peer.listen(), groups=[ROOM], clock=clock, timeout=patience
    )
