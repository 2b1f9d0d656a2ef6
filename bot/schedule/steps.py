"""Long work in short steps: messages go first, and a bot that is told to stop need not wait."""

import threading
import time
from collections.abc import Callable, Iterator

LONGEST = 0.05  # seconds that one step shall keep a community, or SQLite's one writer, to itself
BREATH = 0.002  # seconds between two steps, in which whoever waits for the database gets it
PATIENCE = 500  # so many breaths at most: messages without end must not put it off for ever


class Steps:
    """Shared by all long work of a process, which runs in threads.

    ``busy`` tells whether messages wait to be handled.
    """

    def __init__(self, busy: Callable[[], bool] = lambda: False) -> None:
        self._busy = busy
        self._stopped = threading.Event()

    def stop(self) -> None:
        """No step is begun after this."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        """Told to stop."""
        return self._stopped.is_set()

    def sizes(self, most: int) -> Iterator[int]:
        """How many rows to take in each step, ``most`` at the most, until told to stop."""
        size = max(1, most // 10)
        while not self.stopped:
            begun = time.perf_counter()
            yield size
            size = fitting(size, time.perf_counter() - begun, most)
            self._give_way()

    def _give_way(self) -> None:
        for _ in range(PATIENCE):
            if self._stopped.wait(BREATH) or not self._busy():
                return


def fitting(size: int, seconds: float, most: int) -> int:
    """The size of the next step, from what the last one took."""
    if seconds > LONGEST:
        return max(1, int(size * LONGEST / seconds))
    return min(most, size * 2) if seconds < LONGEST / 2 else size
