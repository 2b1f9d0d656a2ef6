"""How fast one conversation may be written to. Pure; times in seconds."""

import random
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)


class Pacing:
    """At least ``min_interval`` seconds between two sends, at most ``per_hour`` in any hour.

    A send that has to wait waits up to half of the interval more, at random, so that the
    rhythm is not a machine's. 0 switches a rule off.
    """

    def __init__(self, *, min_interval: float, per_hour: int, rng: random.Random) -> None:
        self._min_interval = min_interval
        self._per_hour = per_hour
        self._rng = rng
        self._sends: dict[str, deque[datetime]] = {}

    def restore(self, lane: str, times: Iterable[datetime]) -> None:
        """Sends of an earlier run count, too; oldest first."""
        self._sends[lane] = deque(times)

    def note(self, lane: str, at: datetime) -> None:
        """Something was sent."""
        self._recent(lane, at).append(at)

    def wait(self, lane: str, now: datetime) -> float:
        """Seconds until the lane may be written to; 0.0 is now."""
        sends = self._recent(lane, now)
        pauses = [0.0]
        if self._min_interval and sends:
            gap = self._min_interval - (now - sends[-1]).total_seconds()
            if gap > 0:
                pauses.append(gap + self._rng.uniform(0, self._min_interval / 2))
        if self._per_hour and len(sends) >= self._per_hour:
            pauses.append((sends[-self._per_hour] + HOUR - now).total_seconds())
        return max(pauses)

    def _recent(self, lane: str, now: datetime) -> deque[datetime]:
        sends = self._sends.setdefault(lane, deque())
        while sends and now - sends[0] >= HOUR:
            sends.popleft()
        return sends
