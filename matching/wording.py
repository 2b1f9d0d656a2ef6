"""What texts are about, told by their characters and pairs of neighbours, whatever words they make.

Learnt from the same pairs as the meaning of words (``bench/meaning``), with no lexicon and no rules
in between: it errs elsewhere, so that both together are right more often than either.
"""

from collections.abc import Sequence
from importlib.resources import files

from matching.parts import parts
from matching.table import Table

FILE = "wording.bin"


class Wording:
    """Where texts lie by their characters; only read, so threads may share it."""

    def __init__(self, data: bytes = b"") -> None:
        """What ``bench/meaning`` has made; without it, what is shipped: a number for each dimension
        of each name, the longer the more it says.
        """
        self._table = Table(data or (files("matching") / FILE).read_bytes())
        self.size = self._table.width  # dimensions

    def of(self, folded: str) -> Sequence[int]:
        """The sum of what is known of its characters; all 0 if nothing is."""
        places = self._table.places
        known = [at for part in parts(folded) if (at := places.get(part)) is not None]
        rows = map(self._table.row, known)
        return list(map(sum, zip(*rows, strict=True))) if known else [0] * self.size
