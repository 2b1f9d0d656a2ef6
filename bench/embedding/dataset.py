"""Texts as arrays: the subwords of their words, for ``words`` to learn from."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import Analyser
from matching.concepts import Lexicon
from matching.embedding.words import Subword, concepts_of, subwords, weight_of
from matching.unit import term_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Words = list[tuple[list[Subword], float]]  # each with its weight in the text


class Batch(NamedTuple):
    """The words of many texts, end to end: a row for each subword, word and text."""

    row: Ints  # of each subword, in the table
    amount: Floats  # likewise, a column
    share: Floats  # likewise
    word_of_subword: Ints
    text_of_word: Ints
    weight: Floats  # of each word


def concept_terms(lexicon: Lexicon) -> list[str]:
    """The index terms of all concepts."""
    return list(dict.fromkeys(map(term_of, lexicon.concepts)))


def words_of(analyser: Analyser, text: str, kind: str, index: Mapping[str, int]) -> Words:
    """The words of a text that have a known subword."""
    units = analyser.analyse(text, kind).units
    found = [(subwords(u.surface, concepts_of(u), index), weight_of(u)) for u in units]
    return [(known, weight) for known, weight in found if known]


def joined(texts: Sequence[Words]) -> Batch:
    """Many texts, each with a word or more."""
    words = [(at, made_of, weight) for at, text in enumerate(texts) for made_of, weight in text]
    every = [subword for _, made_of, _ in words for subword in made_of]
    return Batch(
        np.array([one.row for one in every]),
        np.array([one.amount for one in every], dtype=np.float32)[:, None],
        np.array([one.share for one in every], dtype=np.float32),
        np.repeat(np.arange(len(words)), [len(made_of) for _, made_of, _ in words]),
        np.array([at for at, _, _ in words]),
        np.array([weight for _, _, weight in words], dtype=np.float32),
    )
