"""Where the time of a program goes, by looking at it every now and then.

A profiler that counts calls makes small functions look dear. Here a timer interrupts the main
thread, and whatever it finds there gets the time since the last look, so that a long call into C
gets all of its time even though it cannot be interrupted.
"""

import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType, FrameType

OTHER = "other"
EVERY = 0.0007  # seconds; no divisor of anything that happens regularly

Judge = Callable[[CodeType], str | None]
"""A function to the name of what it does; None: whoever called it knows better."""


class Sampler:
    """Seconds by name, of the main thread; the innermost frame with a name counts."""

    def __init__(self, judge: Judge) -> None:
        self._judge = cache(judge)
        self._last = 0.0
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Look on until the block ends."""
        before = signal.signal(signal.SIGALRM, self._look)
        self._again()
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _again(self) -> None:
        """From now on; not at intervals, for one look must not come into another."""
        self._last = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, EVERY)

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        took = time.perf_counter() - self._last
        self.seconds[self._name(frame)] += took
        self._again()

    def _name(self, frame: FrameType | None) -> str:
        while frame is not None:
            if (name := self._judge(frame.f_code)) is not None:
                return name
            frame = frame.f_back
        return OTHER
