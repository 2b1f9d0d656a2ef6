"""The embedding of a text by its character n-grams, whatever words they make.

Learnt from the same pairs as that of words, with no lexicon and no rules in between: it errs
elsewhere, so that both together are right more often than either.
"""

from collections.abc import Sequence
from importlib.resources import files

from matching.embedding.ngrams import ngrams
from matching.embedding.table import Table

FILE = "characters.bin"


class CharacterEmbedding:
    """A vector for each frequent n-gram; only read, so threads may share it."""

    def __init__(self, data: bytes = b"") -> None:
        """``data``: a ``Table`` as ``bench/embedding`` writes it; without it, what is shipped. The
        longer the vector of an n-gram, the more it weighs.
        """
        self._table = Table(data or (files("matching.embedding") / FILE).read_bytes())
        self.dimensions = self._table.width

    def of(self, folded: str) -> Sequence[int]:
        """The sum of the vectors of all its n-grams; zeros if none is known."""
        index = self._table.index
        known = [at for ngram in ngrams(folded) if (at := index.get(ngram)) is not None]
        rows = map(self._table.row, known)
        return list(map(sum, zip(*rows, strict=True))) if known else [0] * self.dimensions
