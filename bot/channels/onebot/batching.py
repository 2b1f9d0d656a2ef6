"""Updates on their way into the inbox: many at once, so that they can share a commit."""

import asyncio
from collections.abc import Callable

from loguru import logger

from bot.channels.base import Feed
from community.updates import Update

AT_ONCE = 100


class Batcher:
    """Hands updates on in the order in which they are put, and tells in that order, with ``safe``,
    which of them are in the inbox: of one that is told of, all before it are there as well.

    Whoever is fed puts an update in line before he waits for anything.
    """

    def __init__(self, feed: Feed, safe: Callable[[Update], None], at_once: int = AT_ONCE) -> None:
        self._feed = feed
        self._safe = safe
        self._room = asyncio.Semaphore(at_once)
        self._under_way: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None

    def __bool__(self) -> bool:
        """Whether something is on its way."""
        return bool(self._under_way)

    async def put(self, update: Update) -> None:
        """Returns while it is on its way, unless there are too many of them."""
        await self._room.acquire()
        # Tasks begin in the order in which they are made, and so the inbox is asked.
        self._last = task = asyncio.create_task(self._pass(update, self._last))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def arrive(self) -> None:
        """Wait until nothing is on its way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def leave(self) -> None:
        """Wait for nothing more; what the inbox has been given it keeps."""
        for task in self._under_way:
            task.cancel()

    async def _pass(self, update: Update, before: asyncio.Task[None] | None) -> None:
        try:
            await self._feed(update)
            if before is not None:
                await asyncio.wait((before,))
            self._safe(update)
        except Exception as trouble:  # one update must not cost all that follow
            tell(trouble)
        finally:
            self._room.release()


def tell(trouble: Exception) -> None:
    """Log that an event is lost. Its traceback may quote the message, so it stays at DEBUG."""
    logger.error("OneBot：一条消息没能处理（{}）", type(trouble).__name__)
    logger.opt(exception=trouble).debug("OneBot: the event that failed")
