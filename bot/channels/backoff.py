"""How long to wait before the next attempt."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock

_FIRST = 1.0
_SLOW = 60.0
_STABLE = timedelta(seconds=30)


class Backoff:
    """Doubles from one second to the ceiling, each delay anywhere below that (full jitter), so
    that many bots do not come back at the same moment. A connection that held starts it afresh.
    """

    def __init__(
        self,
        clock: Clock,
        jitter: Callable[[float], float] = lambda longest: random.uniform(0, longest),
        *,
        ceiling: float = _SLOW,
    ) -> None:
        self._clock = clock
        self._ceiling = ceiling
        self._jitter = jitter
        self._longest = _FIRST
        self._since: datetime | None = None

    def connected(self) -> None:
        """The connection is up."""
        self._since = self._clock.now()

    def next(self) -> float:
        """Seconds to wait now."""
        if self._since is not None and self._clock.now() - self._since >= _STABLE:
            self._longest = _FIRST
        self._since = None
        longest, self._longest = self._longest, min(self._longest * 2, self._ceiling)
        return self._jitter(longest)

    def slow(self) -> float:
        """Seconds to wait when only the operator can change anything."""
        self._longest = self._ceiling
        return _SLOW
