"""What a channel under test feeds."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.channels.base import Channel
from community.updates import Message, Update
from tests.onebot_peer.peer import PATIENCE


class Heard:
    """A door that remembers what came in."""

    def __init__(self) -> None:
        self.updates: list[Update] = []
        self._changed = asyncio.Condition()
        self._open = asyncio.Event()
        self._open.set()

    async def feed(self, update: Update) -> None:
        """Take an update, once the door is open."""
        await self._open.wait()
        async with self._changed:
            self.updates.append(update)
            self._changed.notify_all()

    @asynccontextmanager
    async def shut(self) -> AsyncIterator[None]:
        """Keep the door shut: whoever feeds has to wait."""
        self._open.clear()
        yield
        self._open.set()

    @property
    def messages(self) -> list[Message]:
        """The messages among them."""
        return [update for update in self.updates if isinstance(update, Message)]

    @property
    def texts(self) -> list[str]:
        """What was said."""
        return [message.text for message in self.messages]

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until a condition on the updates holds."""
        async with self._changed, asyncio.timeout(PATIENCE):
            await self._changed.wait_for(condition)

    async def says(self, text: str) -> None:
        """Wait until somebody says this."""
        await self.until(lambda: text in self.texts)

    async def message(self, count: int = 1) -> Message:
        """Wait for so many messages; the last of them."""
        await self.until(lambda: len(self.messages) >= count)
        return self.messages[count - 1]


@asynccontextmanager
async def running(channel: Channel) -> AsyncIterator[Heard]:
    """The channel receives."""
    heard = Heard()
    task = asyncio.create_task(channel.run(heard.feed))
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.wait([task])
