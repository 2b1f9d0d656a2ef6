"""What words are about, told by the characters and pairs of characters in them.

The lexicon knows which words belong together, and invented pairs of a need and its answer which go
together; ``bench/meaning`` has learnt from them what the parts of words stand for, as directions in
a space. So a word that the lexicon lacks lies near those that are made like it, and texts about the
same matter lie near each other.
"""

import base64
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from operator import mul

from matching.unit import MOST_RARE, Unit

FILE = "meaning.bin"
SCALE = 200.0  # a length of 1 in stored numbers, which are signed bytes
_KEPT = 4_096  # words
_LEAST = 0.3  # no word counts for less, in weight

Vector = Sequence[float]


class Meaning:
    """The directions of characters and pairs; only read, so threads may share it."""

    def __init__(self, data: bytes = b"") -> None:
        """What ``bench/meaning`` has made; without it, what is shipped."""
        data = data or (files("matching") / FILE).read_bytes()
        names, _, self._numbers = data.partition(b"\n")
        self._places = {name: at for at, name in enumerate(names.decode().split(" "))}
        self._size = len(self._numbers) // len(self._places)
        self._of_word = lru_cache(_KEPT)(self._word)

    def of(self, units: Iterable[Unit]) -> str:
        """Where a text lies that says this; "" if nobody can tell.

        Signed bytes in Base64, to be stored.
        """
        total = [0.0] * self._size
        for unit in units:
            if vector := self._of_word(unit.surface):
                much = worth(unit)
                total = [sum_ + much * one for sum_, one in zip(total, vector, strict=True)]
        place = _unit(total)
        return base64.b64encode(bytes(map(_signed, place))).decode() if place else ""

    def _word(self, word: str) -> Vector | None:
        found = [at for name in parts(word) if (at := self._places.get(name)) is not None]
        rows = [self._row(at) for at in found]
        return _unit([float(sum(column)) for column in zip(*rows, strict=True)])

    def _row(self, at: int) -> Sequence[int]:
        return memoryview(self._numbers)[at * self._size : (at + 1) * self._size].cast("b")


def worth(unit: Unit) -> float:
    """What a unit counts in the whole."""
    return math.sqrt(max(unit.weight, _LEAST)) * min(unit.rarity, MOST_RARE)


def parts(word: str) -> Iterator[str]:
    """The characters of a word and the pairs of neighbours."""
    for at, char in enumerate(word):
        if char.isalnum():
            yield char
            if at and word[at - 1].isalnum():
                yield word[at - 1 : at + 1]


def read(text: str) -> Sequence[int]:
    """What ``Meaning.of`` has made, as numbers."""
    return memoryview(base64.b64decode(text)).cast("b").tolist()  # a list is gone through faster


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """How near two texts are: 1 the same matter, 0 nothing in common."""
    product: int = sum(map(mul, one, other))
    return product / SCALE**2


def _unit(vector: Vector) -> Vector | None:
    length = math.sqrt(sum(map(mul, vector, vector)))
    return [one / length for one in vector] if length else None


def _signed(number: float) -> int:
    return max(-127, min(127, round(number * SCALE))) & 0xFF
