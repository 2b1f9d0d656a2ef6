"""Everything that the page of metrics shows, read in one go."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.coordination.held_channels import HeldChannels
from bot.metrics.counters import Counters
from bot.metrics.snapshot import Snapshot, Stored
from bot.timeouts import SingleFlight
from storage.database import Database
from storage.queries import counters
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.queue_depth import EMPTY, QueueDepth
from web.door import ChannelState

PATIENCE = 2.0  # seconds for the database; without it the page tells what the process knows
_OTHER = "other"  # letters for channels that do not run here


class Collector:
    """Reads, and hands over to the page, which is loaded when somebody asks for it."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        counters: Counters,
        held_channels: HeldChannels,
        halted: Callable[[], frozenset[str]],
        longest_handling: Callable[[], timedelta],
    ) -> None:
        self._clock = clock
        self._counters = counters
        self._held_channels = held_channels
        self._halted = halted
        self._longest_handling = longest_handling
        self._database = database
        self._query = SingleFlight(self._stored)

    async def page(self, accept: str) -> tuple[str, bytes]:
        """Content type and body."""
        from bot.metrics.exposition import render  # noqa: PLC0415 – it loads the Prometheus client

        return render(await self.read(), accept)

    def channels(self) -> Mapping[str, ChannelState]:
        """How each channel is, as far as this process knows."""
        halted, connected = self._halted(), self._held_channels.connected
        return {
            name: "paused" if name in halted else "connected" if connected.get(name) else "offline"
            for name in self._held_channels.names
        }

    async def read(self) -> Snapshot:
        """The present moment."""
        stored = await self._query.result(PATIENCE)
        return Snapshot(
            now=self._clock.now(),
            counters=self._counters,
            stored=stored,
            connected=self._held_channels.connected,
            halted=self._halted(),
            longest_handling=self._longest_handling(),
        )

    def _stored(self) -> Stored:
        with self._database.read() as session:
            queues: dict[str, QueueDepth] = dict.fromkeys(self._held_channels.names, EMPTY)
            for channel, found in outbox.queues(session).items():
                name = channel if channel in self._held_channels.names else _OTHER
                queues[name] = queues.get(name, EMPTY).combined(found)
            return Stored(
                inbox=inbox.queue(session),
                outbox=queues,
                listed=counters.total(session, name="listed"),
                mentioned=counters.total(session, name="mention"),
            )
