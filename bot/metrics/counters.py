"""Small counters that are kept whether or not anybody asks. No person, no group, no community."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final

# Seconds. A reply takes milliseconds to be stored; pacing may hold it for minutes.
BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
_MOST = 10_000  # replies that are followed until they are sent


@dataclass
class Histogram:
    """How many durations lay below each bound, and their sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """One more."""
        seconds = max(seconds, 0.0)  # the clock may have been set back
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


@dataclass
class TickRuns:
    """What became of one tick so far."""

    last: datetime | None = None  # when it came to a good end
    failures: int = 0


class Counters:
    """Counts of this process since its start. Called from the loop and from worker threads.

    Keys are (kind of channel, result).
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self.received: Counter[tuple[str, str]] = Counter()
        self.handled: Counter[tuple[str, str]] = Counter()
        self.sends: Counter[tuple[str, str]] = Counter()
        self.stored: dict[str, Histogram] = {}
        self.answered: dict[str, Histogram] = {}
        self.ticks: dict[str, TickRuns] = {}
        self.last_tick: datetime | None = None  # when the last tick ended, well or not
        self._replies: dict[int, datetime] = {}  # outbox rows that are not sent yet

    def count_received(self, channel: str, result: str) -> None:
        """An update: ``stored``, ``repeated``, or ``ignored`` as none of our business."""
        with self._lock:
            self.received[_kind(channel), result] += 1

    def count_handled(
        self, channel: str, result: str, *, received: datetime, now: datetime, reply: int | None
    ) -> None:
        """A message is done: ``answered``, ``silent``, ``slowed`` (over the rate
        limit) or ``failed``. ``reply``: its outbox row.
        """
        kind = _kind(channel)
        with self._lock:
            self.handled[kind, result] += 1
            if reply is None:
                return
            self.stored.setdefault(kind, Histogram()).add((now - received).total_seconds())
            self._replies[reply] = received
            if len(self._replies) > _MOST:  # another process sends them, or nobody can
                del self._replies[next(iter(self._replies))]

    def count_sent(self, lane: str, state: str, *, row: int, now: datetime) -> None:
        """An action was carried out, or not."""
        kind = _kind(lane)
        with self._lock:
            self.sends[kind, state] += 1
            if state == "offline":
                return
            received = self._replies.pop(row, None)
            if received is not None and state == "sent":
                self.answered.setdefault(kind, Histogram()).add((now - received).total_seconds())

    def count_tick(self, name: str, *, well: bool, now: datetime) -> None:
        """A tick has ended."""
        with self._lock:
            runs = self.ticks.setdefault(name, TickRuns())
            self.last_tick = now
            if well:
                runs.last = now
            else:
                runs.failures += 1


def _kind(address: str) -> str:
    return address.partition(":")[0]
