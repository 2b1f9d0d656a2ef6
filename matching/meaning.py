"""What words are about, told by the characters, pairs of characters and concepts in them.

The lexicon knows which words belong together, and invented pairs of a need and its answer which go
together; ``bench/meaning`` has learnt from them what parts of words and concepts stand for, as
directions in a space, and how much they say. So a word that the lexicon lacks lies near those that
are made like it, and texts about the same matter lie near each other.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from matching.directions import Vector, written
from matching.parts import parts
from matching.table import Table
from matching.unit import MOST_RARE, Unit, is_concept
from matching.wording import Wording

FILE = "meaning.bin"
LOUD = 64.0  # a factor of e in stored bytes, which say how much a part tells
_KEPT = 4_096  # words
_LEAST = 0.3  # no word counts for less, in weight

Kin = tuple[tuple[str, float], ...]
"""Concepts as index terms, and how near they are."""


class Part(NamedTuple):
    """What a word is made of: its number, how much of it, and its share in what the word counts."""

    at: int
    much: float
    share: float


class Meaning:
    """Where words lie; only read, so threads may share it."""

    def __init__(self, data: bytes = b"", wording: Wording | None = None) -> None:
        """What ``bench/meaning`` has made; without it, what is shipped: for each name how much it
        says, and a number for each dimension.
        """
        self._table = Table(data or (files("matching") / FILE).read_bytes())
        self._size = self._table.width - 1  # dimensions
        self._wording = wording or Wording()
        self._of_word = lru_cache(_KEPT)(self._word)

    def of(self, units: Collection[Unit], folded: str) -> str:
        """Where a text lies that says this in these words, to be stored; "" if nobody can tell.

        The dimensions of both count alike, and so each for its share in the whole.
        """
        meant, worded = self.of_units(units), _unit(self._wording.of(folded))
        if not units or not (meant or worded):
            return ""
        size, more = self._size, self._wording.size
        share, rest = math.sqrt(size / (size + more)), math.sqrt(more / (size + more))
        both = [one * share for one in meant or [0.0] * size]
        return written(both + [one * rest for one in worded or [0.0] * more])

    def of_units(self, units: Iterable[Unit]) -> Vector:
        """Likewise by the words alone, of length 1; empty where there is no direction."""
        total = [0.0] * self._size
        for unit in units:
            vector, loud = self._of_word(unit.surface, kin(unit))
            if vector:
                much = worth(unit) * loud
                total = [sum_ + much * one for sum_, one in zip(total, vector, strict=True)]
        return _unit(total)

    def _word(self, surface: str, near: Kin) -> tuple[Vector, float]:
        total, loud = [0.0] * self._size, 0.0
        for at, much, share in made_of(surface, near, self._table.places):
            says, *row = self._table.row(at)
            loud += share * says / LOUD
            total = [sum_ + much * one for sum_, one in zip(total, row, strict=True)]
        return _unit(total), math.exp(loud)


def made_of(surface: str, near: Kin, places: Mapping[str, int]) -> list[Part]:
    """The known parts of a word, and the concepts that it stands for."""
    said = [at for name in parts(surface) if (at := places.get(name)) is not None]
    found = [Part(at, 1.0, 1 / len(said)) for at in said]
    return found + [Part(places[term], much, much) for term, much in near if term in places]


def kin(unit: Unit) -> Kin:
    """The concepts that a unit stands for."""
    return tuple([pair for pair in unit.terms.items() if is_concept(pair[0])])


def worth(unit: Unit) -> float:
    """What a unit counts in the whole, whatever it says."""
    return math.sqrt(max(unit.weight, _LEAST)) * min(unit.rarity, MOST_RARE)


def _unit(vector: Vector) -> Vector:
    """Of length 1; empty where there is no direction."""
    length = math.sqrt(sum(map(mul, vector, vector)))
    return [one / length for one in vector] if length else ()
