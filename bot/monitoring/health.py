"""Whether this process does its work: for load balancers, and for whoever restarts it."""

from collections.abc import Callable
from datetime import timedelta

from bot.clock import Clock
from bot.metrics.counters import Counters
from bot.retry import Retry
from bot.timeouts import SingleFlight
from storage.database import Database

PATIENCE = 1.0  # seconds for the database to answer
HANGING = timedelta(minutes=1)
STOPPED = timedelta(minutes=5)  # ticks come every minute


class Health:
    """``running``: started and not stopping. ``longest_handling``: how long
    the handler that is longest at work has been so."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        retry: Retry,
        counters: Counters,
        running: Callable[[], bool],
        longest_handling: Callable[[], timedelta],
    ) -> None:
        self._clock = clock
        self._retry = retry
        self._counters = counters
        self._running = running
        self._longest_handling = longest_handling
        self._query = SingleFlight(lambda: bool(database.read_revision()))

    async def trouble(self) -> str:
        """In one word what is wrong; empty when all is well."""
        if not self._running():
            return "not running"
        if self._retry.away_since is not None or not await self._query.result(PATIENCE):
            return "database"
        if self._longest_handling() > HANGING:
            return "handler"
        last_tick = self._counters.last_tick
        if last_tick is None or self._clock.now() - last_tick > STOPPED:
            return "ticks"
        return ""
