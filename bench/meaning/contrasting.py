"""What goes with what in real life, from pairs of a need and what answers it.

A need shall lie nearer to its own answer than to those of the other pairs of a batch, and the other
way round (softmax over the cosines, as Oord, Li and Vinyals do it: "Representation learning with
contrastive predictive coding", 2018), while no part of a word moves far from where the lexicon has
put it. Adam takes the steps.
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import Analyser
from matching.meaning import parts, worth

ROUNDS, BATCH, STEP = 6, 256, 0.01
SHARP = 0.2  # cosines are divided by it
STAY = 10.0  # pulls the parts to where they were
_MEMORY, _SQUARES = 0.9, 0.999  # of Adam

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Said = list[tuple[list[int], float]]  # of each word: its parts by number, and what it counts


class Texts(NamedTuple):
    """Many texts in one: the parts of their words, and to which word and text each belongs."""

    part: Ints
    word_of_part: Ints
    text_of_word: Ints
    worth: Floats


def contrast(
    learnt: Mapping[str, Floats], pairs: Sequence[tuple[str, str]], analyser: Analyser
) -> dict[str, Floats]:
    """The directions after having seen the pairs."""
    names = {name: at for at, name in enumerate(learnt)}
    read = [(_said(analyser, need, "need", names), _said(analyser, answer, "offer", names))
            for need, answer in pairs]  # fmt: skip
    read = [pair for pair in read if all(pair)]
    start = np.array(list(learnt.values()), dtype=np.float32)
    place, slow, square, steps = start.copy(), np.zeros_like(start), np.zeros_like(start), 0
    dice = random.Random(0)
    for _ in range(ROUNDS):
        dice.shuffle(read)
        for begin in range(0, len(read), BATCH):
            batch = read[begin : begin + BATCH]
            slope = _slope(place, batch) + 2 * STAY / len(read) * (place - start)
            steps += 1
            slow += (1 - _MEMORY) * (slope - slow)
            square += (1 - _SQUARES) * (slope**2 - square)
            even, size = slow / (1 - _MEMORY**steps), square / (1 - _SQUARES**steps)
            place = (place - STEP * even / (np.sqrt(size) + 1e-8)).astype(np.float32)
    return {name: place[at] for name, at in names.items()}


def _said(analyser: Analyser, text: str, kind: str, names: Mapping[str, int]) -> Said:
    found = [
        ([names[part] for part in parts(unit.surface) if part in names], worth(unit))
        for unit in analyser.analyse(text, kind).units
    ]
    return [(known, counts) for known, counts in found if known]


def _slope(place: Floats, batch: Sequence[tuple[Said, Said]]) -> Floats:
    """How the loss of a batch changes with each number."""
    needs, answers = (_joined([pair[side] for pair in batch]) for side in (0, 1))
    need, answer = _lie(place, needs), _lie(place, answers)
    near = need.text @ answer.text.T / np.float32(SHARP)
    own = np.eye(len(batch), dtype=np.float32)
    push: Floats = (_softmax(near) - own + _softmax(near.T).T - own) / (len(batch) * SHARP)
    slope = np.zeros_like(place)
    _tell(slope, np.asarray(push @ answer.text, np.float32), need, needs)
    _tell(slope, np.asarray(push.T @ need.text, np.float32), answer, answers)
    return slope


def _joined(said: Sequence[Said]) -> Texts:
    words = [(text, known, counts) for text, one in enumerate(said) for known, counts in one]
    return Texts(
        np.array([part for _, known, _ in words for part in known]),
        np.repeat(np.arange(len(words)), [len(known) for _, known, _ in words]),
        np.array([text for text, _, _ in words]),
        np.array([counts for _, _, counts in words], dtype=np.float32)[:, None],
    )


class Lying(NamedTuple):
    """Where texts lie, and on the way there their words; all of length 1, beside the length."""

    text: Floats
    text_length: Floats
    word: Floats
    word_length: Floats


def _lie(place: Floats, texts: Texts) -> Lying:
    word, word_length = _unit(_gathered(place[texts.part], texts.word_of_part))
    text, text_length = _unit(_gathered(word * texts.worth, texts.text_of_word))
    return Lying(text, text_length, word, word_length)


def _tell(slope: Floats, of_text: Floats, lying: Lying, texts: Texts) -> None:
    """Tell each part in which direction its texts want to go."""
    of_sum = _through(of_text, lying.text, lying.text_length)
    of_word = of_sum[texts.text_of_word] * texts.worth
    of_part = _through(of_word, lying.word, lying.word_length)[texts.word_of_part]
    np.add.at(slope, texts.part, of_part)


def _gathered(rows: Floats, owner: Ints) -> Floats:
    """The sum of each owner's rows, which stand together."""
    first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    summed: Floats = np.add.reduceat(rows, first, axis=0)
    return summed


def _unit(rows: Floats) -> tuple[Floats, Floats]:
    length = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return rows / length, length


def _through(slope: Floats, unit: Floats, length: Floats) -> Floats:
    """The slope before the rows were made as long as 1."""
    turned: Floats = (slope - unit * (slope * unit).sum(axis=1, keepdims=True)) / length
    return turned


def _softmax(rows: Floats) -> Floats:
    grown = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares
