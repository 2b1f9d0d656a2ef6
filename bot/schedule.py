"""Work that is due by the clock: a few ticks that read due rows from the database."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from loguru import logger

from bot.clock import Clock
from bot.communities import Communities
from bot.processor import UNAVAILABLE
from community import expiry, indexing
from matching import Analyser
from storage.database import Database
from storage.errors import explain
from storage.queries import inbox, outbox

BATCH = 200
KEEP_INBOX = timedelta(days=30)
KEEP_OUTBOX = timedelta(days=180)  # quoting a receipt finds its post for as long as offers live


@dataclass(frozen=True)
class Ticks:
    """What is done when it is time. Each tick is one transaction for each batch."""

    database: Database
    communities: Communities
    analyser: Analyser
    clock: Clock

    def expire(self) -> set[str]:
        """Expiry notices and expiries that are due; gives the lanes with something to send."""
        lanes: set[str] = set()
        while True:
            with self.database.begin() as session:
                done = expiry.tick(
                    session,
                    settings=self.communities.by_id,
                    analyser=self.analyser,
                    now=self.clock.now(),
                    limit=BATCH,
                )
                lanes |= outbox.touched(session)
            if done < BATCH:
                return lanes

    def index(self) -> set[str]:
        """Bring the search index to the present rules, after an import or an upgrade."""
        while True:
            with self.database.begin() as session:
                if not indexing.refresh(session, analyser=self.analyser, limit=BATCH):
                    return set()

    def prune(self) -> set[str]:
        """Forget traffic of long ago."""
        with self.database.begin() as session:
            inbox.prune(session, now=self.clock.now(), keep=KEEP_INBOX)
            outbox.prune(session, now=self.clock.now(), keep=KEEP_OUTBOX)
        return set()


class Schedule:
    """APScheduler around the ticks."""

    def __init__(self, ticks: Ticks, wake: Callable[[set[str]], None]) -> None:
        self._wake = wake
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for tick, seconds in ((ticks.index, 60), (ticks.expire, 60), (ticks.prune, 86_400)):
            self._scheduler.add_job(
                self._run, "interval", (tick,), seconds=seconds, coalesce=True, max_instances=1
            )
        self._first = (ticks.index, ticks.expire)

    async def start(self) -> None:
        """Do once what may have become due while the bot was off, then by the clock."""
        for tick in self._first:
            await self._run(tick)
        self._scheduler.start()

    def stop(self) -> None:
        """No further ticks."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _run(self, tick: Callable[[], set[str]]) -> None:
        try:
            self._wake(await asyncio.to_thread(tick))
        except UNAVAILABLE as error:
            logger.error("{}: {}", tick.__name__, explain(error).text)
