"""Channels that do what a test wants them to do when they run."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from typing_extensions import override

from bot.channels.base import Connectable, Feed
from tests.fakes import FakeChannel


async def _nothing(feed: Feed) -> None:
    del feed


@dataclass
class Playing(FakeChannel):
    """Runs ``play``, once for each time it is run."""

    play: Callable[[Feed], Awaitable[None]] = _nothing
    runs: int = 0

    @override
    async def run(self, feed: Feed) -> None:
        """Play."""
        self.runs += 1
        await self.play(feed)


async def forever(feed: Feed) -> None:
    """A channel to which nobody speaks."""
    del feed
    await asyncio.Event().wait()


@dataclass
class Wired(FakeChannel, Connectable):
    """Knows whether it reaches its platform."""

    connected: bool = True
