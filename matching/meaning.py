"""What words are about, told by the characters and pairs of characters in them.

The lexicon knows which words belong together; ``bench/fit_meaning.py`` has learnt from it what
their parts stand for, as directions in a space. So a word that the lexicon lacks (鳜鱼) lies near
those that are made like it (塘鱼, 海鲜), and texts about the same matter lie near each other.
"""

import base64
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from operator import mul

FILE = "meaning.bin"
DIMENSIONS = 48
SCALE = 200.0  # a length of 1 in stored numbers, which are signed bytes
_KEPT = 4_096  # words
_LEAST = 0.3  # no word counts for less, in weight

Vector = Sequence[float]


class Meaning:
    """The directions of characters and pairs; only read, so threads may share it."""

    def __init__(self) -> None:
        names, _, self._numbers = (files("matching") / FILE).read_bytes().partition(b"\n")
        self._places = {name: at for at, name in enumerate(names.decode().split(" "))}
        self._of_word = lru_cache(_KEPT)(self._word)

    def text(self, words: Iterable[tuple[str, float, float]]) -> str:
        """Where a text lies, of its words with their weight and rarity; "" if nobody can tell.

        Signed bytes in Base64, to be stored.
        """
        total = [0.0] * DIMENSIONS
        for word, weight, rarity in words:
            if vector := self._of_word(word):
                worth = math.sqrt(max(weight, _LEAST)) * rarity
                total = [sum_ + worth * one for sum_, one in zip(total, vector, strict=True)]
        unit = _unit(total)
        return base64.b64encode(bytes(map(_signed, unit))).decode() if unit else ""

    def _word(self, word: str) -> Vector | None:
        found = [at for name in parts(word) if (at := self._places.get(name)) is not None]
        rows = [self._row(at) for at in found]
        return _unit([float(sum(column)) for column in zip(*rows, strict=True)])

    def _row(self, at: int) -> Sequence[int]:
        start = at * DIMENSIONS
        return memoryview(self._numbers)[start : start + DIMENSIONS].cast("b")


def parts(word: str) -> Iterator[str]:
    """The characters of a word and the pairs of neighbours."""
    for at, char in enumerate(word):
        if char.isalnum():
            yield char
            if at and word[at - 1].isalnum():
                yield word[at - 1 : at + 1]


def read(text: str) -> Sequence[int]:
    """What ``Meaning.text`` has made, as numbers."""
    return memoryview(base64.b64decode(text)).cast("b")


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """How near two texts are: 1 the same matter, 0 nothing in common."""
    product: int = sum(map(mul, one, other))
    return product / SCALE**2


def _unit(vector: Vector) -> Vector | None:
    length = math.sqrt(sum(map(mul, vector, vector)))
    return [one / length for one in vector] if length else None


def _signed(number: float) -> int:
    return max(-127, min(127, round(number * SCALE))) & 0xFF
