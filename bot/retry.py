"""Waiting for a database that is away."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import TypeVar

from loguru import logger
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from storage.errors import explain, is_away, is_conflict

T = TypeVar("T")

MIN_BACKOFF = 0.5  # seconds; doubled up to MAX_BACKOFF
MAX_BACKOFF = 30.0
MAX_CONFLICTS = 5  # in a row; each begins with a second of waiting
TRIED_AGAIN = timedelta(seconds=90)  # within this, whatever failed is: ticks come every minute


class AwayError(Exception):
    """The database is away; it has been logged."""


class Retry:
    """Shared by all who use the database, so that one outage is one line in the log, and its end
    another, however many wait.

    Where the disk is full or the file read-only, reading goes on, and so does what has nothing to
    write. So the end of an outage is known by work that failed and succeeds, or, once nothing
    fails any more, by any.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.away_since: datetime | None = None
        self._longest_outage = timedelta(0)
        self._failed: dict[Callable[[], object], datetime] = {}  # in this outage, and when last

    def pop_longest_outage(self) -> timedelta:
        """How long the longest outage lasted that has ended since this was asked last."""
        over, self._longest_outage = self._longest_outage, timedelta(0)
        return over

    async def until_it_works(self, work: Callable[[], T], *, executor: Executor | None = None) -> T:
        """Run ``work`` in a thread; while the database is away, wait and run it again."""
        pause = MIN_BACKOFF
        while True:
            try:
                return await self.once(work, executor=executor)
            except AwayError:
                await self._clock.sleep(pause)
                pause = min(pause * 2, MAX_BACKOFF)

    async def once(self, work: Callable[[], T], *, executor: Executor | None = None) -> T:
        """Run ``work`` in a thread. Raises AwayError."""
        try:
            result = await asyncio.get_running_loop().run_in_executor(executor, _settled(work))
        except Exception as error:
            if not is_away(error):
                raise
            self._on_failure(work, error)
            raise AwayError from error
        if self.away_since is not None:
            self._on_success(work, self.away_since)
        return result

    def _on_failure(self, work: Callable[[], object], error: Exception) -> None:
        now = self._clock.now()
        if self.away_since is None:
            self.away_since = now
            logger.error("{}（稍后自动重试）", _said(error))
        self._failed = {**self._failing(now), work: now}

    def _on_success(self, work: Callable[[], object], away_since: datetime) -> None:
        now = self._clock.now()
        if work not in self._failed and self._failing(now):
            return
        self._longest_outage = max(self._longest_outage, now - away_since)
        self.away_since, self._failed = None, {}
        logger.info("数据库恢复了")

    def _failing(self, now: datetime) -> dict[Callable[[], object], datetime]:
        """What failed when it was tried last, and would have been tried again since."""
        return {work: at for work, at in self._failed.items() if abs(now - at) < TRIED_AGAIN}


def _settled(work: Callable[[], T]) -> Callable[[], T]:
    """The work, done anew where another one was preferred to it: that is no trouble to tell of."""

    def run() -> T:
        for _ in range(MAX_CONFLICTS):
            try:
                return work()
            except DBAPIError as error:
                if not is_conflict(error):
                    raise
                logger.debug("a transaction gave way to another one, and begins anew")
        return work()

    return run


def _said(error: Exception) -> str:
    return explain(error).text if isinstance(error, DBAPIError) else "数据库太忙，没有空闲的连接"
