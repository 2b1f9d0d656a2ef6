"""Work that is due by the clock: a few ticks that read due rows from the database."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from loguru import logger

from bot.analysing import Analysers
from bot.clock import Clock
from bot.communities import Communities
from bot.faults import log_fault
from bot.metrics.tally import Tally
from bot.retry import AwayError, Retry
from bot.steps import Steps
from community import expiry, indexing
from community.arrivals import ticking
from community.learning import lessons
from community.lookback.ticking import tick as lookback_tick
from community.mailing.ticking import MOST_AT_ONCE
from community.mailing.ticking import tick as mailing_tick
from community.membership.clock import tick as membership_tick
from community.settings import Settings
from community.vetting.clock import tick as vetting_tick
from community.vetting.online.ticking import prune as forget_forms
from storage.database import Database
from storage.queries import inbox, leftovers, outbox

BATCH = 200  # rows of a transaction at most; ranking takes longer than the rest
RANKED = 10
FORGOTTEN = 2_000
KEEP_INBOX = timedelta(days=30)
KEEP_OUTBOX = timedelta(days=180)  # quoting a receipt finds its post for as long as offers live


@dataclass(frozen=True)
class Ticks:
    """What is done when it is time. Each tick is one transaction for each of its steps."""

    database: Database
    communities: Communities
    analysers: Analysers
    clock: Clock
    proofs: Path | None = None  # where lies what applicants hand in
    steps: Steps = field(default_factory=Steps)

    def expire(self) -> set[str]:
        """Expiry notices and expiries that are due; gives the lanes with something to send."""
        return self._batches(expiry.tick)

    def receive(self) -> set[str]:
        """Newcomers whose card is due to be looked at, or who have not come."""
        return self._batches(ticking.tick)

    def vet(self) -> set[str]:
        """Applications: reminders, ends, and the morning list for the admins."""
        return self._batches(vetting_tick)

    def remind(self) -> set[str]:
        """Members: dues, probation, and the covenant that is not accepted yet.

        One community after the other: none waits until all of them have been reminded.
        """
        lanes: set[str] = set()
        for one, _ in zip(self.communities.by_id.values(), self.steps.sizes(1), strict=False):
            self._step(membership_tick, BATCH, lanes, {one.id: one})
        return lanes

    def mail(self) -> set[str]:
        """Letters that members asked for; a digest for thousands takes some minutes."""
        lanes: set[str] = set()
        left = MOST_AT_ONCE
        for size in self.steps.sizes(BATCH):
            limit = min(size, left)
            done = self._step(mailing_tick, limit, lanes)
            left -= done
            if done < limit or not left:
                break
        return lanes

    def _batches(self, tick: Callable[..., int]) -> set[str]:
        lanes: set[str] = set()
        for limit in self.steps.sizes(BATCH):
            if self._step(tick, limit, lanes) < limit:
                break
        return lanes

    def index(self) -> set[str]:
        """Bring the search index to the present rules: after an import, an upgrade, new words."""
        self.analysers.renew()
        for limit in self.steps.sizes(BATCH):
            with self.database.begin() as session:
                if not indexing.refresh(session, analyser=self.analysers.current, limit=limit):
                    break
        return set()

    def look_back(self) -> set[str]:
        """New profiles are held against open posts, and their authors hear of what fits."""
        lanes: set[str] = set()
        for limit in self.steps.sizes(RANKED):
            if not self._step(lookback_tick, limit, lanes):
                break
        return lanes

    def _step(
        self,
        tick: Callable[..., int],
        limit: int,
        lanes: set[str],
        some: Mapping[str, Settings] | None = None,
    ) -> int:
        """One transaction, for ``some`` communities or all; gives how much was done in it."""
        with self.database.begin() as session:
            done = tick(
                session,
                settings=self.communities.by_id if some is None else some,
                analyser=self.analysers.current,
                now=self.clock.now(),
                limit=limit,
            )
            lanes |= outbox.touched(session)
        return done

    def learn(self) -> set[str]:
        """Each night, from what members said of matches: a fit keeps a community busy for long."""
        for one, _ in zip(self.communities.by_id.values(), self.steps.sizes(1), strict=False):
            with self.database.begin() as session:
                lessons.tick(session, settings=one, now=self.clock.now())
        return set()

    def prune(self) -> set[str]:
        """Forget traffic of long ago, and what the pages need no more."""
        for forget, keep in ((inbox.prune, KEEP_INBOX), (outbox.prune, KEEP_OUTBOX)):
            for limit in self.steps.sizes(FORGOTTEN):
                with self.database.begin() as session:
                    if forget(session, now=self.clock.now(), keep=keep, limit=limit) < limit:
                        break
        with self.database.begin() as session:
            leftovers.prune(session, now=self.clock.now())
            forget_forms(session, folder=self.proofs, now=self.clock.now())
        return set()


class Schedule:
    """APScheduler around the ticks.

    ``sweep`` looks for work that got lost in memory, ``watch`` for work that does not end.
    """

    def __init__(
        self,
        ticks: Ticks,
        *,
        wake: Callable[[set[str]], None],
        retry: Retry,
        sweep: Callable[[], Awaitable[None]],
        watch: Callable[[], None],
        tally: Tally | None = None,
    ) -> None:
        self._wake = wake
        self._retry = retry
        self._sweep = sweep
        self._clock = ticks.clock
        self._steps = ticks.steps
        self._tally = tally or Tally()
        self.running = False
        self._first = (
            ticks.index,
            ticks.expire,
            ticks.receive,
            ticks.vet,
            ticks.remind,
            ticks.look_back,
            ticks.mail,
            ticks.learn,
            ticks.prune,
        )
        # However late a tick comes, its work has to be done; APScheduler would drop it.
        often = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=often)
        for tick in self._first[:-1]:
            self._scheduler.add_job(self.run, "interval", (tick,), seconds=60)
        self._scheduler.add_job(self.run, "interval", (ticks.prune,), seconds=86_400)
        self._scheduler.add_job(self.sweep, "interval", seconds=60)
        self._scheduler.add_job(watch, "interval", seconds=10)

    async def start(self) -> None:
        """Do once what may have become due while the bot was off, then by the clock."""
        for tick in self._first:
            await self.run(tick)
        self._scheduler.start()
        self.running = True

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

        await self._counted(f"tick {tick.__name__}", work)

    async def sweep(self) -> None:
        """Likewise for the sweep."""
        await self._counted("sweep", self._sweep)

    async def _counted(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        well = False
        try:
            await work()
            well = True
        except AwayError:
            logger.debug("{}: not now, the database is away", what)
        except Exception as error:
            log_fault(what, error)
        self._tally.ticked(what.removeprefix("tick "), well=well, now=self._clock.now())
