"""How fast one conversation, and one account, may be written to. Pure; times in seconds."""

import random
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
ACCOUNT_INTERVAL = 1.0  # seconds between two sends of one account: fifty notices are no burst


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
        self._last_start: dict[str, datetime] = {}
        self._swept: datetime | None = None

    def restore(self, lane: str, times: Iterable[datetime]) -> None:
        """Sends of an earlier run count, too; oldest first."""
        self._sends[lane] = deque(times)

    def record_send(self, lane: str, at: datetime) -> None:
        """Count a send to the lane."""
        self._sends.setdefault(lane, deque()).append(at)
        if self._swept is None or at - self._swept >= HOUR:
            self._swept = at
            self._sends = {lane: sends for lane in self._sends if (sends := self._recent(lane, at))}

    def lane_wait(self, lane: str, now: datetime) -> float:
        """Seconds until the lane may be written to; 0.0 is now."""
        sends = self._recent(lane, now)
        pauses = [0.0]
        if self._min_interval and sends:
            pauses.append(self._remaining(sends[-1], now, self._min_interval))
        if self._per_hour and len(sends) >= self._per_hour:
            pauses.append((sends[-self._per_hour] + HOUR - now).total_seconds())
        return max(pauses)

    def record_start(self, account: str, at: datetime) -> None:
        """The account begins to send something, to whomever."""
        self._last_start[account] = at

    def account_wait(self, account: str, now: datetime) -> float:
        """Seconds until the account may send something again; 0.0 is now."""
        begun = self._last_start.get(account)
        gap = min(ACCOUNT_INTERVAL, self._min_interval)
        return self._remaining(begun, now, gap) if begun is not None and begun <= now else 0.0

    def _remaining(self, last: datetime, now: datetime, gap: float) -> float:
        left = gap - (now - last).total_seconds()
        return left + self._rng.uniform(0, gap / 2) if left > 0 else 0.0

    def _recent(self, lane: str, now: datetime) -> deque[datetime]:
        """The sends of the last hour; what seems to come was noted before the clock went back."""
        sends = self._sends.get(lane, deque())
        while sends and now - sends[0] >= HOUR:
            sends.popleft()
        while sends and sends[-1] > now:
            sends.pop()
        return sends
