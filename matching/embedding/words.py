"""The embedding of words: each is the sum of its character n-grams and of its concepts.

The lexicon knows which words belong together, and invented pairs of a need and its answer which go
together; ``bench/embedding`` has learnt from them a vector for each n-gram and concept, and how
much it weighs. So a word that the lexicon lacks lies near those that are made like it (subwords, as
Bojanowski, Grave, Joulin and Mikolov use them: "Enriching word vectors with subword information",
TACL 2017).
"""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from operator import mul
from typing import NamedTuple

from matching.embedding.ngrams import ngrams
from matching.embedding.quantised import Vector
from matching.embedding.table import Table
from matching.unit import MOST_RARE, Unit, is_concept

FILE = "words.bin"
LOG_WEIGHT = 64.0  # a factor of e, as log weights are stored in bytes
_CACHED = 4_096  # words
_LEAST = 0.3  # no word weighs less, before its rarity

Near = tuple[tuple[str, float], ...]
"""Concepts as index terms, and how near they are."""


class Subword(NamedTuple):
    """An n-gram or a concept in a word."""

    row: int  # of the table
    amount: float  # of its vector in that of the word
    share: float  # of its log weight in that of the word


class WordEmbedding:
    """A vector and a log weight for each n-gram and concept; only read, so threads may share it."""

    def __init__(self, data: bytes = b"") -> None:
        """``data``: a ``Table`` as ``bench/embedding`` writes it; without it, what is shipped."""
        self._table = Table(data or (files("matching.embedding") / FILE).read_bytes())
        self.dimensions = self._table.width - 1  # the log weight is the first number
        self._of_word = lru_cache(_CACHED)(self._word)

    def of(self, units: Iterable[Unit]) -> Vector:
        """The weighted sum of their vectors, of length 1; empty if none is known."""
        total = [0.0] * self.dimensions
        for unit in units:
            vector, factor = self._of_word(unit.surface, concepts_of(unit))
            if vector:
                weight = weight_of(unit) * factor
                total = [sum_ + weight * one for sum_, one in zip(total, vector, strict=True)]
        return normalised(total)

    def _word(self, surface: str, near: Near) -> tuple[Vector, float]:
        """Its vector, of length 1, and the factor on its weight."""
        total, log_weight = [0.0] * self.dimensions, 0.0
        for at, amount, share in subwords(surface, near, self._table.index):
            stored, *row = self._table.row(at)
            log_weight += share * stored / LOG_WEIGHT
            total = [sum_ + amount * one for sum_, one in zip(total, row, strict=True)]
        return normalised(total), math.exp(log_weight)


def subwords(surface: str, near: Near, index: Mapping[str, int]) -> list[Subword]:
    """The known n-grams of a word, and the concepts that it stands for."""
    known = [at for name in ngrams(surface) if (at := index.get(name)) is not None]
    found = [Subword(at, 1.0, 1 / len(known)) for at in known]
    return found + [Subword(index[term], much, much) for term, much in near if term in index]


def concepts_of(unit: Unit) -> Near:
    """The concepts that a unit stands for."""
    return tuple([pair for pair in unit.terms.items() if is_concept(pair[0])])


def weight_of(unit: Unit) -> float:
    """What a unit weighs in its text, before the factor that was learnt."""
    return math.sqrt(max(unit.weight, _LEAST)) * min(unit.rarity, MOST_RARE)


def normalised(vector: Vector) -> Vector:
    """Of length 1; empty for the null vector."""
    norm = math.sqrt(sum(map(mul, vector, vector)))
    return [one / norm for one in vector] if norm else ()
