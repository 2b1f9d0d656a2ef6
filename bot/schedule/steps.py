"""Long work in short batches: messages go first, and a bot that is told to stop need not wait."""

import threading
import time
from collections.abc import Callable, Iterator

MAX_STEP_SECONDS = 0.05  # for which one step may lock a community, or SQLite's one writer
YIELD_SECONDS = 0.002  # seconds between two steps, in which whoever waits for the database gets it
MAX_YIELDS = 500  # messages without end must not put it off for ever


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

    def batch_sizes(self, most: int) -> Iterator[int]:
        """How many rows to take in each step, ``most`` at the most, until told to stop."""
        size = max(1, most // 10)
        while not self.stopped:
            begun = time.perf_counter()
            yield size
            size = next_batch_size(size, time.perf_counter() - begun, most)
            self._yield_to_messages()

    def _yield_to_messages(self) -> None:
        for _ in range(MAX_YIELDS):
            if self._stopped.wait(YIELD_SECONDS) or not self._busy():
                return


def next_batch_size(size: int, seconds: float, most: int) -> int:
    """The size of the next step, from what the last one took."""
    if seconds > MAX_STEP_SECONDS:
        return max(1, int(size * MAX_STEP_SECONDS / seconds))
    return min(most, size * 2) if seconds < MAX_STEP_SECONDS / 2 else size
