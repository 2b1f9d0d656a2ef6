"""How often somebody may do something, counted in this process."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from web.errors import TooOftenError

_MOST_KEYS = 10_000


class Limiter:
    """Counts of the last while, by key. What runs out is forgotten.

    Pages are made in several threads, which count one after another.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = Lock()
        self._times: dict[str, deque[datetime]] = {}
        self._ends: dict[str, datetime] = {}  # from when on a key says nothing any more

    def spend(self, key: str, *, most: int, within: timedelta) -> None:
        """One more. Raises TooOftenError when there were ``most`` already."""
        now = self._now()
        with self._lock:
            times = self._times.setdefault(key, deque())
            while times and times[0] <= now - within:
                times.popleft()
            if len(times) >= most:
                raise TooOftenError
            times.append(now)
            self._ends[key] = now + within
            if len(self._times) > _MOST_KEYS:
                self._forget(now)

    def _forget(self, now: datetime) -> None:
        """Keys whose time is over; in the worst case the oldest half."""
        over = [key for key, end in self._ends.items() if end <= now]
        if len(self._times) - len(over) > _MOST_KEYS:
            over = list(self._times)[: _MOST_KEYS // 2]
        for key in over:
            self._times.pop(key, None)
            self._ends.pop(key, None)
