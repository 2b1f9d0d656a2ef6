"""How much waits in a queue, and since when."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waiting:
    """A queue at one moment."""

    count: int
    oldest: datetime | None

    def and_also(self, other: "Waiting") -> "Waiting":
        """Both as one."""
        times = [one for one in (self.oldest, other.oldest) if one is not None]
        return Waiting(self.count + other.count, min(times, default=None))


NOBODY = Waiting(0, None)
