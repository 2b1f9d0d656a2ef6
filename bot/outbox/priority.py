"""Whose turn it is to use an account: who has just spoken is answered before notices go out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class PriorityLock:
    """One conversation after the other, in the order in which they came; those in a hurry first."""

    def __init__(self) -> None:
        self.taken = False
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._hurried: set[str] = set()

    def hurry(self, lane: str) -> None:
        """Somebody waits for an answer there; also when the lane waits for its turn already."""
        self._hurried.add(lane)

    def rest(self, lane: str) -> None:
        """Nothing is left to be said there."""
        self._hurried.discard(lane)

    @asynccontextmanager
    async def of(self, lane: str) -> AsyncIterator[None]:
        """Wait for the turn of the lane, and have it."""
        if self.taken:
            await self._wait(lane)
        self.taken = True
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, lane: str) -> None:
        mine = asyncio.get_running_loop().create_future()
        self._waiting[mine] = lane
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # it had just been given the turn
                self._pass_on()
            raise
        finally:
            del self._waiting[mine]

    def _pass_on(self) -> None:
        """It stays taken on the way from one to the next: nobody slips in between."""
        waiting = [(one, lane) for one, lane in self._waiting.items() if not one.done()]
        hurried = (one for one, lane in waiting if lane in self._hurried)
        following = next(hurried, waiting[0][0] if waiting else None)
        self.taken = following is not None
        if following is not None:
            following.set_result(None)
