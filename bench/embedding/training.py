"""Contrastive learning from pairs, whatever the texts are made of.

In a batch, a need shall lie nearer to its own answer than to those of the other pairs, and the
other way round: InfoNCE in both directions (Oord, Li and Vinyals: "Representation learning with
contrastive predictive coding", 2018), by Adam (Kingma and Ba: "Adam: a method for stochastic
optimization", ICLR 2015) with a learning rate that falls to zero in a straight line.
"""

import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np

from bench.embedding.dataset import Floats, Ints

BATCH_SIZE = 256
_BETA1, _BETA2, _EPSILON = 0.9, 0.999, 1e-8  # of Adam

Pair = TypeVar("Pair")


class Adam:
    """The state for one array of parameters."""

    def __init__(self, parameters: Floats, learning_rate: float | Floats) -> None:
        """``learning_rate``: one for all, or an array that broadcasts to the parameters."""
        self._mean, self._variance, self._room = (np.zeros_like(parameters) for _ in range(3))
        self._rate, self._steps = np.asarray(learning_rate, np.float32), 0

    def step(self, gradient: Floats, decay: float) -> Floats:
        """What is to be added to the parameters, valid until the next step; the learning rate is
        multiplied by ``decay``.

        All in place: to get memory for so many numbers takes longer than to count with them.
        """
        self._steps += 1
        correct1, correct2 = 1 - _BETA1**self._steps, 1 - _BETA2**self._steps
        _average(self._mean, np.multiply(gradient, np.float32(1 - _BETA1), out=self._room), _BETA1)
        np.square(gradient, out=self._room)
        self._room *= np.float32(1 - _BETA2)
        _average(self._variance, self._room, _BETA2)
        np.sqrt(np.divide(self._variance, np.float32(correct2), out=self._room), out=self._room)
        self._room += np.float32(_EPSILON)
        np.divide(self._mean, self._room, out=self._room)
        self._room *= -self._rate * np.float32(decay / correct1)
        return self._room


def _average(running: Floats, update: Floats, beta: float) -> None:
    running *= np.float32(beta)
    running += update


class Parameters:
    """Numbers that are learnt by Adam, and pulled to where they started."""

    def __init__(
        self, start: Floats, *, learning_rate: float | Floats, pull: np.float32 | Floats
    ) -> None:
        """``pull``: of L2, for one batch; it and the learning rate may be arrays that broadcast."""
        self.values = start.copy()
        self._start, self._pull = start, pull
        self._adam = Adam(start, learning_rate)

    def step(self, gradient: Floats, decay: float) -> None:
        """Change them by what a batch says; the learning rate is multiplied by ``decay``."""
        pulled = gradient + self._pull * (self.values - self._start)
        self.values += self._adam.step(pulled, decay)


def batches(
    pairs: Sequence[Pair], epochs: int, seed: int = 0
) -> Iterator[tuple[list[Pair], float]]:
    """Batches, shuffled anew in each epoch, and the decay of the learning rate."""
    rng, starts, shuffled = random.Random(seed), range(0, len(pairs), BATCH_SIZE), list(pairs)
    for epoch in range(epochs):
        rng.shuffle(shuffled)
        for done, start in enumerate(starts):
            yield shuffled[start : start + BATCH_SIZE], 1 - (epoch + done / len(starts)) / epochs


def info_nce_gradients(needs: Floats, answers: Floats, temperature: float) -> tuple[Floats, Floats]:
    """The gradients of the loss for needs and answers, whose rows have length 1; those in the same
    row belong together.
    """
    logits = needs @ answers.T / np.float32(temperature)
    targets = np.eye(len(needs), dtype=np.float32)
    errors = (_softmax(logits) - targets + _softmax(logits.T).T - targets).astype(np.float32)
    errors /= np.float32(len(needs) * temperature)
    return errors @ answers, errors.T @ needs


def segment_sums(rows: Floats, segment: Ints) -> Floats:
    """The sum of the rows of each segment; ``segment`` is sorted."""
    first = np.flatnonzero(np.r_[True, segment[1:] != segment[:-1]])
    summed: Floats = np.add.reduceat(rows, first, axis=0)
    return summed


def scatter_add(target: Floats, rows: Floats, index: Ints) -> None:
    """Add each row to that of the target with its index."""
    order = np.argsort(index, kind="stable")
    ordered = index[order]
    target[np.unique(ordered)] += segment_sums(rows[order], ordered)


def normalise(rows: Floats) -> tuple[Floats, Floats]:
    """The rows with length 1, and their norms."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True) + 1e-6
    return rows / norms, norms


def through_norm(gradient: Floats, normalised: Floats, norms: Floats) -> Floats:
    """The gradient for the rows that ``normalise`` was given, of that for what it gave."""
    radial = (gradient * normalised).sum(axis=1, keepdims=True)
    tangential: Floats = (gradient - normalised * radial) / norms
    return tangential


def _softmax(logits: Floats) -> Floats:
    grown: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = grown / grown.sum(axis=1, keepdims=True)
    return shares
