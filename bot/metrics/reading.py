"""One moment of the bot, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.metrics.tally import Tally
from storage.queries.traffic.waiting import NOBODY, Waiting


@dataclass(frozen=True)
class Stored:
    """What the database knows."""

    inbox: Waiting = NOBODY
    outbox: Mapping[str, Waiting] | None = None
    listed: int = 0
    mentioned: int = 0


@dataclass(frozen=True)
class Reading:
    """One moment of the bot. ``stored`` is None while the database does not answer."""

    now: datetime
    tally: Tally
    stored: Stored | None
    connected: Mapping[str, bool]
    halted: frozenset[str]
    busiest: timedelta
