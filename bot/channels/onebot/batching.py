"""Feeds many updates at once, so that they can share a commit in the inbox."""

import asyncio
from collections.abc import Callable

from loguru import logger

from bot.channels.base import Feed
from community.updates import Update

MAX_IN_FLIGHT = 100


class Batcher:
    """Feeds updates in the order in which they are put, and calls ``on_stored`` for each in that
    order: when it is called for one, all before it are in the inbox as well.

    Whoever is fed puts an update in line before he waits for anything.
    """

    def __init__(
        self, feed: Feed, on_stored: Callable[[Update], None], max_in_flight: int = MAX_IN_FLIGHT
    ) -> None:
        self._feed = feed
        self._on_stored = on_stored
        self._slots = asyncio.Semaphore(max_in_flight)
        self._in_flight: set[asyncio.Task[None]] = set()
        self._last: asyncio.Task[None] | None = None

    def __bool__(self) -> bool:
        """Whether something is in flight."""
        return bool(self._in_flight)

    async def put(self, update: Update) -> None:
        """Begin to feed it; waits only while too many are in flight."""
        await self._slots.acquire()
        # Tasks begin in the order in which they are made, and so the inbox is asked.
        self._last = task = asyncio.create_task(self._feed_one(update, self._last))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)

    async def drain(self) -> None:
        """Wait until nothing is in flight."""
        while self._in_flight:
            await asyncio.wait(self._in_flight)

    def cancel(self) -> None:
        """Cancel what is in flight; what the inbox has been given it keeps."""
        for task in self._in_flight:
            task.cancel()

    async def _feed_one(self, update: Update, before: asyncio.Task[None] | None) -> None:
        try:
            await self._feed(update)
            if before is not None:
                await asyncio.wait((before,))
            self._on_stored(update)
        except Exception as trouble:  # one update must not cost all that follow
            log_lost_event(trouble)
        finally:
            self._slots.release()


def log_lost_event(trouble: Exception) -> None:
    """Log that an event is lost. Its traceback may quote the message, so it stays at DEBUG."""
    logger.error("OneBot：一条消息没能处理（{}）", type(trouble).__name__)
    logger.opt(exception=trouble).debug("OneBot: the event that failed")
