"""Learn the vectors of character n-grams, from pairs alone.

They begin near nothing, the rarer the further from it: the pairs alone tell where each ends, and
how much it weighs. That is learnt several times over, from other beginnings and in another order,
and an ensemble made of it: what one run puts too near by chance, the others do not.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bench.embedding.dataset import Floats, Ints
from bench.embedding.packing import scaled, table
from bench.embedding.training import (
    Parameters,
    batches,
    info_nce_gradients,
    normalise,
    scatter_add,
    segment_sums,
    through_norm,
)
from matching.embedding.ngrams import ngrams
from matching.folding import fold

DIMENSIONS = 192  # a multiple of 8, as vectors are stored
RUNS = 4
MIN_COUNT = 8  # texts that an n-gram occurs in
EPOCHS, TEMPERATURE = 4, 0.1
START = 0.1  # the norm of a vector of mean rarity
LEARNING_RATE, L2 = 0.01, 1.0  # the latter pulls vectors to where they started
WEIGHT_LEARNING_RATE, WEIGHT_L2 = 0.005, 10.0  # likewise the log weights
SAMPLE = 20_000  # needs that tell which directions of the ensemble are kept

Pair = tuple[Ints, Ints]


class Forward(NamedTuple):
    """The vectors of texts, with length 1, and what their gradients need: a row for each n-gram."""

    text: Floats
    norms: Floats
    row: Ints  # of the table
    text_of_ngram: Ints
    weighted: Floats
    weight: Floats


def learn_characters(pairs: Sequence[tuple[str, str]]) -> bytes:
    """As ``CharacterEmbedding`` reads it."""
    folded = [(fold(need), fold(answer)) for need, answer in pairs]
    seen = Counter(ngram for pair in folded for text in pair for ngram in set(ngrams(text)))
    names = sorted(ngram for ngram, count in seen.items() if count >= MIN_COUNT)
    index = {name: at for at, name in enumerate(names)}
    numbers = [(_numbers(need, index), _numbers(answer, index)) for need, answer in folded]
    known = [pair for pair in numbers if all(map(len, pair))]
    rarity = np.log(2 * len(pairs) / np.array([seen[name] for name in names]))
    vectors = ensemble([train(known, rarity, seed) for seed in range(RUNS)], known)
    return table(names, scaled(vectors))


def _numbers(text: str, index: dict[str, int]) -> Ints:
    return np.array([index[one] for one in ngrams(text) if one in index], dtype=np.int64)


def train(pairs: Sequence[Pair], rarity: Floats, seed: int) -> Floats:
    """One run: the vector of each n-gram, the longer the more it weighs."""
    noise = np.random.default_rng(seed).standard_normal((len(rarity), DIMENSIONS))
    start = (noise / DIMENSIONS**0.5 * START * (rarity / rarity.mean())[:, None]).astype(np.float32)
    vectors = Parameters(start, learning_rate=LEARNING_RATE, pull=np.float32(2 * L2 / len(pairs)))
    log_weights = Parameters(
        np.zeros((len(start), 1), dtype=np.float32),
        learning_rate=WEIGHT_LEARNING_RATE,
        pull=np.float32(2 * WEIGHT_L2 / len(pairs)),
    )
    for batch, decay in batches(pairs, EPOCHS, seed):
        of_vectors, of_weights = _gradients(vectors.values, log_weights.values, batch)
        vectors.step(of_vectors, decay)
        log_weights.step(of_weights, decay)
    weighted: Floats = vectors.values * np.exp(log_weights.values)
    return weighted


def _gradients(
    vectors: Floats, log_weights: Floats, batch: Sequence[Pair]
) -> tuple[Floats, Floats]:
    gradients = np.zeros_like(vectors), np.zeros_like(log_weights)
    texts = [_forward(vectors, log_weights, [pair[side] for pair in batch]) for side in (0, 1)]
    of_texts = info_nce_gradients(texts[0].text, texts[1].text, TEMPERATURE)
    for of_text, one in zip(of_texts, texts, strict=True):
        of_sum = through_norm(of_text, one.text, one.norms)[one.text_of_ngram]
        scatter_add(gradients[0], of_sum * one.weight, one.row)
        of_log_weight = (of_sum * one.weighted).sum(axis=1, keepdims=True)
        scatter_add(gradients[1], of_log_weight, one.row)
    return gradients


def ensemble(runs: Sequence[Floats], pairs: Sequence[Pair]) -> Floats:
    """One table in which the cosines of texts are about the means of those in all runs.

    The runs side by side, reduced to the principal components of texts.
    """
    texts = [need for need, _ in pairs[:: max(1, len(pairs) // SAMPLE)]]
    even = np.zeros((len(runs[0]), 1), dtype=np.float32)
    forward = [_forward(vectors, even, texts) for vectors in runs]
    wide = np.hstack([one.text for one in forward])
    _, components = np.linalg.eigh(wide.T @ wide)
    alike = [vectors / one.norms.mean() for vectors, one in zip(runs, forward, strict=True)]
    kept: Floats = np.hstack(alike) @ components[:, -DIMENSIONS:]
    return kept


def _forward(vectors: Floats, log_weights: Floats, texts: Sequence[Ints]) -> Forward:
    row = np.concatenate(texts)
    text_of_ngram = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    weight = np.exp(log_weights[row])
    weighted = vectors[row] * weight
    text, norms = normalise(segment_sums(weighted, text_of_ngram))
    return Forward(text, norms, row, text_of_ngram, weighted, weight)
