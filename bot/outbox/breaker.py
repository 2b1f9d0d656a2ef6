"""A circuit breaker for an account: repeated failures stop its sends for a while. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

THRESHOLD = 3  # failed or unknown sends in a row (channels in trouble answer like this when muted)
COOL_DOWN = timedelta(minutes=5)
TRIAL = timedelta(seconds=30)  # how long the others wait to see how a trial ends


@dataclass
class Breaker:
    """Closed while sends succeed; open after THRESHOLD failures; one trial after COOL_DOWN."""

    failures: int = 0
    open_until: datetime | None = None
    trial_until: datetime | None = None  # as long as nothing is known of how it ended

    def wait(self, now: datetime) -> float:
        """Seconds until something may be tried; 0.0 is now."""
        if self.open_until is None:
            return 0.0
        left = self.open_until - now
        # More than was ever agreed: the clock has been set back.
        return max(0.0, left.total_seconds()) if left <= COOL_DOWN else 0.0

    def record_attempt(self, now: datetime) -> None:
        """Something is being sent; while open it is the trial, and holds back all others."""
        if self.open_until is not None:
            self.open_until = self.trial_until = now + TRIAL

    def record_unsent(self, now: datetime) -> None:
        """Something has not left the bot after all. If that was the trial, another one may be it;
        what began before it opened says nothing.
        """
        if self.open_until is not None and self.trial_until is not None:
            self.open_until, self.trial_until = now, None

    def record_success(self) -> bool:
        """A send came through. True: the breaker was open and is closed again."""
        was_open = self.open_until is not None
        self.failures, self.open_until, self.trial_until = 0, None, None
        return was_open

    def record_failure(self, now: datetime) -> bool:
        """A send failed or its fate is unknown. True: the breaker has just opened."""
        self.failures += 1
        if self.failures < THRESHOLD:
            return False
        first = self.open_until is None
        self.open_until, self.trial_until = now + COOL_DOWN, None
        return first
