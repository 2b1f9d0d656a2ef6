"""Work that is due by the clock: APScheduler around the ticks."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from loguru import logger

from bot.faults import log_fault
from bot.metrics.counters import Counters
from bot.retry import AwayError, Retry
from bot.schedule.ticks import Ticks

START_TIMEOUT = 5.0  # seconds that a start waits for what became due meanwhile


class Schedule:
    """Runs the ticks at the start, and then by the clock; none while it is still at work.

    ``sweep`` looks for work that got lost in memory, ``log_slow_handlers`` for
    work that does not end.
    """

    def __init__(
        self,
        ticks: Ticks,
        *,
        wake: Callable[[set[str]], None],
        retry: Retry,
        sweep: Callable[[], Awaitable[None]],
        log_slow_handlers: Callable[[], None],
        counters: Counters | None = None,
        start_timeout: float = START_TIMEOUT,
    ) -> None:
        self._wake = wake
        self._retry = retry
        self._sweep = sweep
        self._clock = ticks.clock
        self._steps = ticks.steps
        self._counters = counters or Counters()
        self._start_timeout = start_timeout
        self._running_ticks: set[str] = set()
        self._startup_run: asyncio.Task[None] | None = None
        self.running = False
        self._ticks = (  # what may take hours comes last
            ticks.introduce,  # what lapses keeps no post any more
            ticks.expire,
            ticks.receive,
            ticks.vet,
            ticks.remind,
            ticks.events,
            ticks.mail,
            ticks.learn,
            ticks.prune,
            ticks.index,
            ticks.look_back,
        )
        # However late a tick comes, its work has to be done; APScheduler would drop it.
        often = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=often)
        for tick in self._ticks:
            seconds = 86_400 if tick == ticks.prune else 60
            self._scheduler.add_job(self.job, "interval", (self.run, tick), seconds=seconds)
        self._scheduler.add_job(self.job, "interval", (self.sweep,), seconds=60)
        self._scheduler.add_job(log_slow_handlers, "interval", seconds=10)

    async def start(self) -> None:
        """Do once what may have become due while the bot was off, then by the clock.

        What takes long goes on while members are answered: new rules mean that all that was ever
        posted is analysed anew.
        """
        self._startup_run = asyncio.create_task(self._catch_up())
        await asyncio.wait((self._startup_run,), timeout=self._start_timeout)
        if not self._startup_run.done():
            logger.info("停机期间积下的事（到期、索引等）还没做完，先开始工作，余下的在后台接着做")
        self._scheduler.start()
        self.running = True

    async def _catch_up(self) -> None:
        for tick in self._ticks:
            if not self._steps.stopped:
                await self.run(tick)

    def halt(self) -> None:
        """Begin no further step of anything long, whether all has started or not."""
        self._steps.stop()

    def stop(self) -> None:
        """No further ticks."""
        self.halt()
        if self.running:  # the scheduler's own answer to that lags behind a shutdown
            self.running = False
            self._scheduler.shutdown(wait=False)

    async def run(self, tick: Callable[[], set[str]]) -> None:
        """One tick; whatever goes wrong in it, there is a next time."""

        async def work() -> None:
            self._wake(await self._retry.once(tick))

        name = tick.__name__
        if name in self._running_ticks:
            return
        self._running_ticks.add(name)
        try:
            await self._counted(name, f"tick {name}", work)
        finally:
            self._running_ticks.discard(name)

    async def sweep(self) -> None:
        """Likewise for the sweep."""
        await self._counted("sweep", "sweep", self._sweep)

    async def job(self, work: Callable[..., Awaitable[None]], *given: object) -> None:
        """Cut off by a stop, it just ends: APScheduler would tell of that as of a fault."""
        with suppress(asyncio.CancelledError):
            await work(*given)

    async def _counted(self, name: str, what: str, work: Callable[[], Awaitable[None]]) -> None:
        well = False
        try:
            await work()
            well = True
        except AwayError:
            logger.debug("{}: not now, the database is away", what)
        except Exception as error:
            log_fault(what, error)
        self._counters.count_tick(name, well=well, now=self._clock.now())
