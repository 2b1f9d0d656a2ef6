"""One moment of the bot, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.metrics.counters import Counters
from storage.queries.traffic.queue_depth import EMPTY, QueueDepth


@dataclass(frozen=True)
class Stored:
    """What the database knows."""

    inbox: QueueDepth = EMPTY
    outbox: Mapping[str, QueueDepth] | None = None
    listed: int = 0
    mentioned: int = 0


@dataclass(frozen=True)
class Snapshot:
    """One moment of the bot. ``stored`` is None while the database does not answer."""

    now: datetime
    counters: Counters
    stored: Stored | None
    connected: Mapping[str, bool]
    halted: frozenset[str]
    longest_handling: timedelta
