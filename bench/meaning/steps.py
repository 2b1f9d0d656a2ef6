"""What learning from pairs is made of, whatever the texts are made of.

A need shall lie nearer to its own answer than to those of the other pairs of a batch, and the other
way round (softmax over the cosines, as Oord, Li and Vinyals do it: "Representation learning with
contrastive predictive coding", 2018). Adam takes the steps, which become smaller.
"""

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from bench.meaning.reading import Floats, Ints

BATCH = 256
_MEMORY, _SQUARES = 0.9, 0.999  # of Adam

Pair = TypeVar("Pair")


class Adam:
    """Steps against the slope, about as long for each number."""

    def __init__(self, like: Floats, step: float | Floats) -> None:
        self._slow, self._square, self._room = (np.zeros_like(like) for _ in range(3))
        self._step, self._taken = np.asarray(step, np.float32), 0

    def step(self, slope: Floats, left: float) -> Floats:
        """How far to go, until the next step; ``left``: how much of the way is.

        All in place: to get memory for so many numbers takes longer than to count with them.
        """
        self._taken += 1
        even, size = 1 - _MEMORY**self._taken, 1 - _SQUARES**self._taken
        _mixed(self._slow, np.multiply(slope, np.float32(1 - _MEMORY), out=self._room), _MEMORY)
        np.square(slope, out=self._room)
        self._room *= np.float32(1 - _SQUARES)
        _mixed(self._square, self._room, _SQUARES)
        np.sqrt(np.divide(self._square, np.float32(size), out=self._room), out=self._room)
        self._room += np.float32(1e-8)
        np.divide(self._slow, self._room, out=self._room)
        self._room *= -self._step * np.float32(left / even)
        return self._room


def _mixed(kept: Floats, more: Floats, share: float) -> None:
    kept *= np.float32(share)
    kept += more


def batches(read: Sequence[Pair], rounds: int, seed: int = 0) -> Iterator[tuple[list[Pair], float]]:
    """In another order each round, and how much of the way is left."""
    dice, each, mixed = random.Random(seed), range(0, len(read), BATCH), list(read)
    for number in range(rounds):
        dice.shuffle(mixed)
        for done, begin in enumerate(each):
            yield mixed[begin : begin + BATCH], 1 - (number + done / len(each)) / rounds


def pushes(needs: Floats, answers: Floats, sharp: float) -> tuple[Floats, Floats]:
    """The slopes of the loss for each need and for the answer in the same row; rows of length 1."""
    near = needs @ answers.T / np.float32(sharp)
    own = np.eye(len(needs), dtype=np.float32)
    push = (_softmax(near) - own + _softmax(near.T).T - own).astype(np.float32)
    push /= np.float32(len(needs) * sharp)
    return push @ answers, push.T @ needs


def gathered(rows: Floats, owner: Ints) -> Floats:
    """The sum of each owner's rows, which stand together."""
    first = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    summed: Floats = np.add.reduceat(rows, first, axis=0)
    return summed


def tell(slopes: Floats, of_part: Floats, part: Ints) -> None:
    """Add to each part what its rows say."""
    order = np.argsort(part, kind="stable")
    told = part[order]
    slopes[np.unique(told)] += gathered(of_part[order], told)


def unit(rows: Floats) -> tuple[Floats, Floats]:
    """The rows with length 1, and how long they were."""
    length = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return rows / length, length


def through(slope: Floats, of_unit: Floats, length: Floats) -> Floats:
    """The slope before the rows were made as long as 1."""
    turned: Floats = (slope - of_unit * (slope * of_unit).sum(axis=1, keepdims=True)) / length
    return turned


def _softmax(rows: Floats) -> Floats:
    grown = np.exp(rows - rows.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares
