"""What texts are about, told by their characters and pairs of neighbours, whatever words they make.

Learnt from the same pairs as the meaning of words (``bench/meaning``), with no lexicon and no rules
in between: it errs elsewhere, so that both together are right more often than either.
"""

from collections.abc import Sequence
from importlib.resources import files

from matching.parts import parts

FILE = "wording.bin"


class Wording:
    """Where texts lie by their characters; only read, so threads may share it."""

    def __init__(self, data: bytes = b"") -> None:
        """What ``bench/meaning`` has made; without it, what is shipped: the names in a line, then
        for each of them a byte for each dimension, the longer the more it says.
        """
        data = data or (files("matching") / FILE).read_bytes()
        names, _, numbers = data.partition(b"\n")
        self._places = {name: at for at, name in enumerate(names.decode().split(" "))}
        self.size = len(numbers) // len(self._places)  # dimensions
        self._numbers = memoryview(numbers).cast("b")

    def of(self, folded: str) -> Sequence[int]:
        """The sum of what is known of its characters; all 0 if nothing is."""
        known = [at for part in parts(folded) if (at := self._places.get(part)) is not None]
        rows = [self._numbers[at * self.size : (at + 1) * self.size] for at in known]
        return list(map(sum, zip(*rows, strict=True))) if rows else [0] * self.size
