"""What texts are about, from pairs alone: each character and each pair of neighbours is a word.

All begin near nothing, the rarer the further from it: the pairs alone tell where each ends, and
how much it says.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bench.meaning.reading import Floats, Ints
from bench.meaning.steps import Adam, batches, gathered, pushes, tell, through, unit
from matching.folding import fold
from matching.parts import parts

DIMENSIONS = 128  # a multiple of 8, as directions are stored
LEAST = 6  # texts that a character or a pair occurs in
ROUNDS, SHARP = 4, 0.1  # cosines are divided by the latter
BEGIN = 0.1  # how far from nothing
STEP, STAY = 0.01, 1.0  # the pull to where they were
LOUD_STEP, QUIET = 0.005, 10.0  # likewise for how much each says: the logarithm of a factor
MOST = 0.9999  # what is larger than this share of all numbers is cut off when it is stored


class Lying(NamedTuple):
    """Where texts lie, with length 1, and what they are made of, a row for each part."""

    text: Floats
    length: Floats
    part: Ints
    text_of_part: Ints
    row: Floats
    factor: Floats


def spell(pairs: Sequence[tuple[str, str]]) -> bytes:
    """As ``Wording`` reads it: the names in a line, then a byte for each dimension of each."""
    folded = [(fold(need), fold(answer)) for need, answer in pairs]
    seen = Counter(part for pair in folded for text in pair for part in set(parts(text)))
    names = sorted(part for part, count in seen.items() if count >= LEAST)
    at = {name: place for place, name in enumerate(names)}
    read = [(_numbers(need, at), _numbers(answer, at)) for need, answer in folded]
    rare = np.log(2 * len(pairs) / np.array([seen[name] for name in names]))[:, None]
    dice = np.random.default_rng(0).standard_normal((len(names), DIMENSIONS))
    start = dice / DIMENSIONS**0.5 * BEGIN * rare / rare.mean()
    place = _learn([pair for pair in read if all(map(len, pair))], start.astype(np.float32))
    scaled = np.round(place * 127 / np.quantile(np.abs(place), MOST)).clip(-127, 127)
    stored: bytes = scaled.astype(np.int8).tobytes()
    return " ".join(names).encode() + b"\n" + stored


def _numbers(text: str, at: dict[str, int]) -> Ints:
    return np.array([at[part] for part in parts(text) if part in at], dtype=np.int64)


def _learn(read: Sequence[tuple[Ints, Ints]], start: Floats) -> Floats:
    """Where each part ends, the longer the more it says."""
    back, quiet = np.float32(2 * STAY / len(read)), np.float32(2 * QUIET / len(read))
    place, loud = start.copy(), np.zeros((len(start), 1), dtype=np.float32)
    moving, saying = Adam(place, STEP), Adam(loud, LOUD_STEP)
    for batch, left in batches(read, ROUNDS):
        slopes = np.zeros_like(place), np.zeros_like(loud)
        lying = [_lie(place, loud, [pair[side] for pair in batch]) for side in (0, 1)]
        wanted = pushes(lying[0].text, lying[1].text, SHARP)
        for of_text, one in zip(wanted, lying, strict=True):
            of_sum = through(of_text, one.text, one.length)[one.text_of_part]
            tell(slopes[0], of_sum * one.factor, one.part)
            tell(slopes[1], (of_sum * one.row).sum(axis=1, keepdims=True), one.part)
        place += moving.step(slopes[0] + back * (place - start), left)
        loud += saying.step(slopes[1] + quiet * loud, left)
    learnt: Floats = place * np.exp(loud)
    return learnt


def _lie(place: Floats, loud: Floats, texts: Sequence[Ints]) -> Lying:
    part = np.concatenate(texts)
    text_of_part = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    factor = np.exp(loud[part])
    row = place[part] * factor
    text, length = unit(gathered(row, text_of_part))
    return Lying(text, length, part, text_of_part, row, factor)
