"""Texts as numbers: the parts of their words, which ``contrasting`` moves."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import Analyser
from matching.concepts import Lexicon
from matching.meaning import Part, kin, made_of, worth
from matching.unit import term_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Said = list[tuple[list[Part], float]]  # of each word: what it is made of, and what it counts


class Texts(NamedTuple):
    """Many texts in one: what their words are made of, and to which word and text each belongs."""

    part: Ints
    much: Floats
    share: Floats
    word_of_part: Ints
    text_of_word: Ints
    worth: Floats


def concepts(lexicon: Lexicon) -> list[str]:
    """The index terms of all concepts."""
    return list(dict.fromkeys(map(term_of, lexicon.concepts)))


def said(analyser: Analyser, text: str, kind: str, names: Mapping[str, int]) -> Said:
    """What a text says, in parts that have a name."""
    units = analyser.analyse(text, kind).units
    found = [(made_of(unit.surface, kin(unit), names), worth(unit)) for unit in units]
    return [(made, counts) for made, counts in found if made]


def joined(all_: Sequence[Said]) -> Texts:
    """Many texts, each of which says something."""
    words = [(text, made, counts) for text, one in enumerate(all_) for made, counts in one]
    made = [part for _, parts, _ in words for part in parts]
    return Texts(
        np.array([part.at for part in made]),
        np.array([part.much for part in made], dtype=np.float32)[:, None],
        np.array([part.share for part in made], dtype=np.float32),
        np.repeat(np.arange(len(words)), [len(parts) for _, parts, _ in words]),
        np.array([text for text, _, _ in words]),
        np.array([counts for _, _, counts in words], dtype=np.float32),
    )
