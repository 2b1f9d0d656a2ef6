"""A lock on an account with priorities: answers go out before notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class PriorityLock:
    """Held by one lane at a time, first come, first served; prioritized lanes go first."""

    def __init__(self) -> None:
        self.locked = False
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._prioritized: set[str] = set()

    def prioritize(self, lane: str) -> None:
        """Let the lane go first from now on, also if it waits for the lock already."""
        self._prioritized.add(lane)

    def deprioritize(self, lane: str) -> None:
        """The lane waits with all others again."""
        self._prioritized.discard(lane)

    @asynccontextmanager
    async def hold(self, lane: str) -> AsyncIterator[None]:
        """Wait until the lane has the lock, and hold it for the block."""
        if self.locked:
            await self._wait(lane)
        self.locked = True
        try:
            yield
        finally:
            self._release()

    async def _wait(self, lane: str) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._waiting[mine] = lane
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it had just been given the lock
                self._release()
            raise
        finally:
            del self._waiting[mine]

    def _release(self) -> None:
        """Hand the lock to the next waiter; it stays locked, so that nobody gets in between."""
        waiting = [(one, lane) for one, lane in self._waiting.items() if not one.done()]
        prioritized = (one for one, lane in waiting if lane in self._prioritized)
        following = next(prioritized, waiting[0][0] if waiting else None)
        self.locked = following is not None
        if following is not None:
            following.set_result(None)
