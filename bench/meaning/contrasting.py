"""What goes with what in real life, from pairs of a need and what answers it.

A need shall lie nearer to its own answer than to those of the other pairs of a batch, and the other
way round (softmax over the cosines, as Oord, Li and Vinyals do it: "Representation learning with
contrastive predictive coding", 2018). Parts of words begin where the lexicon has put them, and
concepts nowhere; none moves far from there. Learnt as well is how much each says, beside what it
counts by its rarity. Adam takes the steps, which become smaller.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bench.meaning.reading import Floats, Ints, Said, Texts, concepts, joined, said
from matching import Analyser
from matching.unit import is_concept

BATCH = 256
STEP, CONCEPT_STEP = 0.01, 0.02
STAY, CONCEPT_STAY, QUIET = 3.0, 0.25, 10.0  # pull to where they were, and to say no more
_MEMORY, _SQUARES = 0.9, 0.999  # of Adam

Pair = tuple[Said, Said]


class Pace(NamedTuple):
    """How the pairs are gone through."""

    rounds: int
    sharp: float  # cosines are divided by it
    loud_step: float


WORDS = Pace(rounds=6, sharp=0.12, loud_step=0.003)


class Learnt(NamedTuple):
    """Where each part and each concept lies, and how much it says: the logarithm of a factor."""

    names: Sequence[str]
    place: Floats
    loud: Floats


class Adam:
    """Steps against the slope, about as long for each number."""

    def __init__(self, like: Floats, step: float | Floats) -> None:
        self._slow, self._square = np.zeros_like(like), np.zeros_like(like)
        self._step, self._taken = step, 0

    def step(self, slope: Floats, left: float) -> Floats:
        """How far to go; ``left``: how much of the way is."""
        self._taken += 1
        self._slow += np.float32(1 - _MEMORY) * (slope - self._slow)
        self._square += np.float32(1 - _SQUARES) * (slope**2 - self._square)
        even = self._slow / (1 - _MEMORY**self._taken)
        size = self._square / (1 - _SQUARES**self._taken)
        gone: Floats = -self._step * left * even / (np.sqrt(size) + 1e-8)
        return gone


def contrast(
    counted: Mapping[str, Floats], pairs: Sequence[tuple[str, str]], analyser: Analyser
) -> Learnt:
    """What is known after having seen the pairs: of all parts, and of the concepts met there."""
    names = [*counted, *concepts(analyser.lexicon)]
    at = {name: place for place, name in enumerate(names)}
    read = [(said(analyser, need, "need", at), said(analyser, answer, "offer", at))
            for need, answer in pairs]  # fmt: skip
    start = np.zeros((len(names), len(next(iter(counted.values())))), dtype=np.float32)
    start[: len(counted)] = list(counted.values())
    is_part = np.arange(len(start))[:, None] < len(counted)
    pull = np.where(is_part, STAY, CONCEPT_STAY).astype(np.float32)
    step = np.where(is_part, STEP, CONCEPT_STEP).astype(np.float32)
    place, loud = learn(read, start, pull=pull, step=step, pace=WORDS)
    kept = [i for i, name in enumerate(names) if not is_concept(name) or place[i].any()]
    return Learnt([names[i] for i in kept], place[kept], loud[kept])


def learn(
    all_: Sequence[Pair], start: Floats, *, pull: Floats, step: Floats, pace: Pace
) -> tuple[Floats, Floats]:
    """Where each name ends, and how much it says; ``pull`` and ``step`` for each of them."""
    read = [pair for pair in all_ if all(pair)]
    place, loud = start.copy(), np.zeros(len(start), dtype=np.float32)
    back, quiet = pull * np.float32(2 / len(read)), np.float32(2 * QUIET / len(read))
    moving, saying = Adam(place, step), Adam(loud, pace.loud_step)
    for batch, left in _batches(read, pace.rounds):
        of_place, of_loud = _slopes(place, loud, batch, pace.sharp)
        place += moving.step(of_place + back * (place - start), left)
        loud += saying.step(of_loud + quiet * loud, left)
    return place, loud


def _batches(read: list[Pair], rounds: int) -> Iterator[tuple[list[Pair], float]]:
    """In another order each round, and how much of the way is left."""
    dice, each = random.Random(0), range(0, len(read), BATCH)
    for number in range(rounds):
        dice.shuffle(read)
        for done, begin in enumerate(each):
            yield read[begin : begin + BATCH], 1 - (number + done / len(each)) / rounds


def _slopes(
    place: Floats, loud: Floats, batch: Sequence[Pair], sharp: float
) -> tuple[Floats, Floats]:
    """How the loss of a batch changes with each number."""
    needs, answers = (joined([pair[side] for pair in batch]) for side in (0, 1))
    need, answer = _lie(place, loud, needs), _lie(place, loud, answers)
    near = need.text @ answer.text.T / np.float32(sharp)
    own = np.eye(len(batch), dtype=np.float32)
    push: Floats = (_softmax(near) - own + _softmax(near.T).T - own) / (len(batch) * sharp)
    slopes = np.zeros_like(place), np.zeros_like(loud)
    _tell(slopes, np.asarray(push @ answer.text, np.float32), need, needs)
    _tell(slopes, np.asarray(push.T @ need.text, np.float32), answer, answers)
    return slopes


class Lying(NamedTuple):
    """Where texts lie, and on the way there their words; all of length 1, beside the length."""

    text: Floats
    text_length: Floats
    word: Floats
    word_length: Floats
    counts: Floats  # of each word


def _lie(place: Floats, loud: Floats, texts: Texts) -> Lying:
    word, word_length = _unit(_gathered(place[texts.part] * texts.much, texts.word_of_part))
    says = np.bincount(texts.word_of_part, loud[texts.part] * texts.share)
    counts = (texts.worth * np.exp(says)).astype(np.float32)[:, None]
    text, text_length = _unit(_gathered(word * counts, texts.text_of_word))
    return Lying(text, text_length, word, word_length, counts)


def _tell(slopes: tuple[Floats, Floats], of_text: Floats, lying: Lying, texts: Texts) -> None:
    """Tell each part in which direction its texts want to go, and how much it should say."""
    of_sum = _through(of_text, lying.text, lying.text_length)[texts.text_of_word]
    of_word = _through(of_sum * lying.counts, lying.word, lying.word_length)
    of_part = of_word[texts.word_of_part] * texts.much
    order = np.argsort(texts.part, kind="stable")
    told = texts.part[order]
    slopes[0][np.unique(told)] += _gathered(of_part[order], told)
    of_counts = ((of_sum * lying.word).sum(axis=1) * lying.counts[:, 0])[texts.word_of_part]
    slopes[1][:] += np.bincount(texts.part, of_counts * texts.share, len(slopes[1]))


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
