"""Who has just said what is not kept: the rate limit counts that too. In memory alone."""

from collections import defaultdict
from datetime import datetime
from threading import Lock


class Forgotten:
    """When somebody said such things, and when he was refused. Asked by worker threads."""

    def __init__(self) -> None:
        self._said: defaultdict[tuple[str, bool], list[datetime]] = defaultdict(list)
        self._lock = Lock()

    def note(self, account: str, *, at: datetime, slowed: bool) -> None:
        with self._lock:
            self._said[account, slowed].append(at)

    def count(self, account: str, *, since: datetime, slowed: bool) -> int:
        """How many since then; what is older is dropped."""
        with self._lock:
            kept = [at for at in self._said.pop((account, slowed), ()) if at >= since]
            if kept:
                self._said[account, slowed] = kept
            return len(kept)
