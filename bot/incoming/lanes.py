"""Handling updates in order within a conversation, side by side between conversations."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial

from loguru import logger

from bot.clock import Clock
from bot.faults import log_fault
from bot.outbox.job import ClaimPermit, Handled
from bot.retry import Retry

SLOW_HANDLER = timedelta(seconds=30)  # a handler takes milliseconds; beyond this something is wrong


class Lanes:
    """One queue for each conversation; worker threads take from them in turn.

    ``claim_permit`` is asked whether a lane's next action may be claimed at once; ``on_handled`` is
    given what came of each row.
    """

    def __init__(
        self,
        handle: Callable[[int, ClaimPermit | None], Handled],
        *,
        claim_permit: Callable[[str], ClaimPermit | None],
        on_handled: Callable[[str, Handled], None],
        clock: Clock,
        retry: Retry,
        workers: int,
    ) -> None:
        self._handle = handle
        self._claim_permit = claim_permit
        self._on_handled = on_handled
        self._clock = clock
        self._retry = retry
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="handler")
        self._queues: dict[str, deque[int]] = {}
        self._known_ids: set[int] = set()  # rows in a queue or being handled
        self._running: dict[int, datetime] = {}  # rows in a thread, and since when
        self._reported: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def hanging(self) -> bool:
        """Some thread has not come back from a handler."""
        return bool(self._running)

    @property
    def waiting(self) -> bool:
        """Something is still to be handled, or being handled."""
        return bool(self._queues)

    def longest_handling(self) -> timedelta:
        """How long the handler that is longest at work has been so."""
        since = min(list(self._running.values()), default=None)
        return self._clock.now() - since if since is not None else timedelta(0)

    def push(self, lane: str, inbox_id: int) -> None:
        """Handle the row after those that came before it in its lane, unless it waits already."""
        if self._stopping or inbox_id in self._known_ids:
            return
        self._known_ids.add(inbox_id)
        if lane in self._queues:
            self._queues[lane].append(inbox_id)
            return
        self._queues[lane] = deque([inbox_id])
        task = asyncio.create_task(self._serve(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def log_slow_handlers(self) -> None:
        """Log, once, each row whose handler does not come back."""
        for inbox_id, since in list(self._running.items()):
            if self._clock.now() - since > SLOW_HANDLER and inbox_id not in self._reported:
                self._reported.add(inbox_id)
                logger.error("update {} keeps its handler busy since {:%H:%M:%S}", inbox_id, since)

    async def settle(self) -> None:
        """Wait until nothing is left to handle."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def stop(self) -> None:
        """Finish what is being handled; what waits stays in the inbox for the next start."""
        self._stopping = True
        try:
            await self.settle()
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)

    async def _serve(self, lane: str) -> None:
        queue = self._queues[lane]
        try:
            while queue and not self._stopping:
                await self._handle_one(lane, queue.popleft())
        finally:
            del self._queues[lane]

    async def _handle_one(self, lane: str, inbox_id: int) -> None:
        try:
            handled = await self._retry.until_it_works(
                partial(self._timed, inbox_id, self._claim_permit(lane)), executor=self._threads
            )
        except Exception as error:  # the next row of the lane is not to blame
            log_fault(f"update {inbox_id} is left", error)
        else:
            self._on_handled(lane, handled)
        finally:
            self._known_ids.discard(inbox_id)

    def _timed(self, inbox_id: int, permit: ClaimPermit | None) -> Handled:
        self._running[inbox_id] = self._clock.now()
        try:
            return self._handle(inbox_id, permit)
        finally:
            del self._running[inbox_id]
            self._reported.discard(inbox_id)
