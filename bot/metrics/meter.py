"""Everything that the page of metrics shows, read in one go."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.metrics.reading import Reading, Stored
from bot.metrics.tally import Tally
from bot.patience import OneAtATime
from bot.sharing.holdings import Holdings
from storage.database import Database
from storage.queries import counters
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.waiting import NOBODY, Waiting
from web.door import ChannelState

PATIENCE = 2.0  # seconds for the database; without it the page tells what the process knows
_OTHER = "other"  # letters for channels that do not run here


class Meter:
    """Reads, and hands over to the page, which is loaded when somebody asks for it."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        tally: Tally,
        holdings: Holdings,
        halted: Callable[[], frozenset[str]],
        busiest: Callable[[], timedelta],
    ) -> None:
        self._clock = clock
        self._tally = tally
        self._holdings = holdings
        self._halted = halted
        self._busiest = busiest
        self._database = database
        self._asking = OneAtATime(self._stored)

    async def page(self, accept: str) -> tuple[str, bytes]:
        """Content type and body."""
        from bot.metrics.page import render  # noqa: PLC0415 – it loads the Prometheus client

        return render(await self.read(), accept)

    def channels(self) -> Mapping[str, ChannelState]:
        """How each channel is, as far as this process knows."""
        halted, connected = self._halted(), self._holdings.connected
        return {
            name: "paused" if name in halted else "connected" if connected.get(name) else "offline"
            for name in self._holdings.names
        }

    async def read(self) -> Reading:
        """The present moment."""
        stored = await self._asking.ask(PATIENCE)
        return Reading(
            now=self._clock.now(),
            tally=self._tally,
            stored=stored,
            connected=self._holdings.connected,
            halted=self._halted(),
            busiest=self._busiest(),
        )

    def _stored(self) -> Stored:
        with self._database.read() as session:
            queues: dict[str, Waiting] = dict.fromkeys(self._holdings.names, NOBODY)
            for channel, found in outbox.queues(session).items():
                name = channel if channel in self._holdings.names else _OTHER
                queues[name] = queues.get(name, NOBODY).and_also(found)
            return Stored(
                inbox=inbox.queue(session),
                outbox=queues,
                listed=counters.total(session, name="listed"),
                mentioned=counters.total(session, name="mention"),
            )
