"""What texts are about, from pairs alone: each character and each pair of neighbours is a word.

All begin near nothing, the rarer the further from it: the pairs alone tell where each ends, and
how much it says. That is learnt several times over, from other beginnings and in another order,
since what one time puts too near by chance, the others do not.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bench.meaning.packing import scaled, table
from bench.meaning.reading import Floats, Ints
from bench.meaning.steps import Adam, batches, gathered, pushes, tell, through, unit
from matching.folding import fold
from matching.parts import parts

DIMENSIONS = 192  # a multiple of 8, as directions are stored
TIMES = 4
LEAST = 8  # texts that a character or a pair occurs in
ROUNDS, SHARP = 4, 0.1  # cosines are divided by the latter
BEGIN = 0.1  # how far from nothing
STEP, STAY = 0.01, 1.0  # the pull to where they were
LOUD_STEP, QUIET = 0.005, 10.0  # likewise for how much each says: the logarithm of a factor
SEEN = 20_000  # needs that tell which directions are to be kept

Pair = tuple[Ints, Ints]


class Lying(NamedTuple):
    """Where texts lie, with length 1, and what they are made of, a row for each part."""

    text: Floats
    length: Floats
    part: Ints
    text_of_part: Ints
    row: Floats
    factor: Floats


def spell(pairs: Sequence[tuple[str, str]]) -> bytes:
    """As ``Wording`` reads it."""
    folded = [(fold(need), fold(answer)) for need, answer in pairs]
    seen = Counter(part for pair in folded for text in pair for part in set(parts(text)))
    names = sorted(part for part, count in seen.items() if count >= LEAST)
    at = {name: place for place, name in enumerate(names)}
    numbers = [(_numbers(need, at), _numbers(answer, at)) for need, answer in folded]
    read = [pair for pair in numbers if all(map(len, pair))]
    rare = np.log(2 * len(pairs) / np.array([seen[name] for name in names]))
    place = together([learn(read, rare, seed) for seed in range(TIMES)], read)
    return table(names, scaled(place))


def _numbers(text: str, at: dict[str, int]) -> Ints:
    return np.array([at[part] for part in parts(text) if part in at], dtype=np.int64)


def learn(read: Sequence[Pair], rare: Floats, seed: int) -> Floats:
    """Where each part ends, the longer the more it says."""
    dice = np.random.default_rng(seed).standard_normal((len(rare), DIMENSIONS))
    start = (dice / DIMENSIONS**0.5 * BEGIN * (rare / rare.mean())[:, None]).astype(np.float32)
    back, quiet = np.float32(2 * STAY / len(read)), np.float32(2 * QUIET / len(read))
    place, loud = start.copy(), np.zeros((len(start), 1), dtype=np.float32)
    moving, saying = Adam(place, STEP), Adam(loud, LOUD_STEP)
    for batch, left in batches(read, ROUNDS, seed):
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


def together(places: Sequence[Floats], read: Sequence[Pair]) -> Floats:
    """One of several, in which texts lie as in all of them: the main directions of texts."""
    texts = [need for need, _ in read[:: max(1, len(read) // SEEN)]]
    quiet = np.zeros((len(places[0]), 1), dtype=np.float32)
    lying = [_lie(place, quiet, texts) for place in places]
    wide = np.hstack([one.text for one in lying])
    _, directions = np.linalg.eigh(wide.T @ wide)
    even = [place / one.length.mean() for place, one in zip(places, lying, strict=True)]
    kept: Floats = np.hstack(even) @ directions[:, -DIMENSIONS:]
    return kept


def _lie(place: Floats, loud: Floats, texts: Sequence[Ints]) -> Lying:
    part = np.concatenate(texts)
    text_of_part = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    factor = np.exp(loud[part])
    row = place[part] * factor
    text, length = unit(gathered(row, text_of_part))
    return Lying(text, length, part, text_of_part, row, factor)
