"""How much waits in a queue, and since when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class QueueDepth:
    """A queue at one moment."""

    count: int
    oldest: datetime | None

    def combined(self, other: "QueueDepth") -> "QueueDepth":
        """Both as one."""
        times = [one for one in (self.oldest, other.oldest) if one is not None]
        return QueueDepth(self.count + other.count, min(times, default=None))


EMPTY = QueueDepth(0, None)
