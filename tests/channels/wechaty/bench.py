"""A channel under test, and what it tells the operator."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.channels.wechaty.channel import Wechaty
from bot.channels.wechaty.link import Address
from tests.e2e.gateway import PATIENCE, TOKEN, Gateway

ROOM = "r1@chatroom"
GROUP = f"wechaty:{ROOM}"
# Nothing that comes may be taken for silence, however busy the machine is.
QUICK = Address("", TOKEN, timeout=10.0, ping_interval=0.5, silence_timeout=PATIENCE)


def channel_to(gateway: Gateway, *, groups: tuple[str, ...] = (GROUP,), **more: Any) -> Wechaty:
    """A channel to this gateway. It looks often whether it answers; ``address`` has others."""
    address = more.pop("address", QUICK)
    return Wechaty(replace(address, endpoint=gateway.endpoint), groups=groups, **more)


class Log:
    """What the operator is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._written = asyncio.Event()

    def write(self, line: str) -> None:
        """Take a line."""
        self.lines.append(line.rstrip("\n"))
        self._written.set()

    def line(self, words: str) -> str:
        """The one line with these words."""
        [found] = [line for line in self.lines if words in line]
        return found

    async def says(self, words: str, times: int = 1) -> None:
        """Wait for a line with these words."""
        async with asyncio.timeout(PATIENCE):
            while sum(words in line for line in self.lines) < times:
                self._written.clear()
                await self._written.wait()
