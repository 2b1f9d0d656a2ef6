"""How often somebody may do something, counted in this process."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from web.errors import TooOftenError

_MOST_KEYS = 10_000


class Limiter:
    """Counts of the last while, by key. What runs out is forgotten."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._times: dict[str, deque[datetime]] = {}

    def spend(self, key: str, *, most: int, within: timedelta) -> None:
        """One more. Raises TooOftenError when there were ``most`` already."""
        now = self._now()
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - within:
            times.popleft()
        if len(times) >= most:
            raise TooOftenError
        times.append(now)
        if len(self._times) > _MOST_KEYS:
            self._forget(now - within)

    def _forget(self, before: datetime) -> None:
        """Keys that nobody has used lately; in the worst case the oldest half."""
        for key in [key for key, times in self._times.items() if times[-1] <= before]:
            del self._times[key]
        if len(self._times) > _MOST_KEYS:
            for key in list(self._times)[: _MOST_KEYS // 2]:
                del self._times[key]
