"""Waiting with a time limit."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.faults import log_fault
from storage.errors import is_away

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs a query in a thread, once at a time: who asks meanwhile shares the result, so that what
    hangs, hangs in one thread only.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._task: asyncio.Task[T | None] | None = None

    async def result(self, seconds: float) -> T | None:
        """The answer; None when it failed or does not come in time."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        done, _ = await asyncio.wait((self._task,), timeout=seconds)
        return self._task.result() if done else None

    async def _run(self) -> T | None:
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
