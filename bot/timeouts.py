"""Not waiting longer than makes sense."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.faults import log_fault
from storage.errors import is_away

T = TypeVar("T")


class OneAtATime(Generic[T]):
    """Asks something in a thread that may never come back. All who ask while an answer is on its
    way share it: what hangs, hangs in one thread only.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._asking: asyncio.Task[T | None] | None = None

    async def ask(self, seconds: float) -> T | None:
        """The answer; None when it failed or does not come in time."""
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(self._answer())
        done, _ = await asyncio.wait((self._asking,), timeout=seconds)
        return self._asking.result() if done else None

    async def _answer(self) -> T | None:
        try:
            return await asyncio.to_thread(self._work)
        except Exception as error:
            if not is_away(error):
                log_fault("asking the database", error)
            return None


async def in_time(seconds: float, work: Awaitable[object]) -> bool:
    """Whether the work came to its end in time."""
    try:
        async with asyncio.timeout(seconds):
            await work
    except TimeoutError:
        return False
    return True
