"""Handling updates in order within a conversation, side by side between conversations."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.clock import Clock
from bot.retry import until_it_works


class Lanes:
    """One queue for each conversation; worker threads take from them in turn."""

    def __init__(
        self,
        handle: Callable[[int], set[str]],
        *,
        wake: Callable[[set[str]], None],
        clock: Clock,
        workers: int,
    ) -> None:
        self._handle = handle
        self._wake = wake
        self._clock = clock
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="handler")
        self._queues: dict[str, deque[int]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def push(self, lane: str, inbox_id: int) -> None:
        """Handle the row after those that came before it in its lane."""
        if lane in self._queues:
            self._queues[lane].append(inbox_id)
        elif not self._stopping:
            self._queues[lane] = deque([inbox_id])
            task = asyncio.create_task(self._serve(lane))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, lane: str) -> None:
        queue = self._queues[lane]
        try:
            while queue and not self._stopping:
                inbox_id = queue.popleft()
                touched = await until_it_works(
                    partial(self._handle, inbox_id),
                    clock=self._clock,
                    what="handler",
                    executor=self._threads,
                )
                self._wake(touched)
        finally:
            del self._queues[lane]

    async def settle(self) -> None:
        """Wait until nothing is left to handle."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Finish what is being handled; what waits stays in the inbox for the next start."""
        self._stopping = True
        await self.settle()
        self._threads.shutdown(wait=True)
