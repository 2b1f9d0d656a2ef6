"""Learn the vectors of subwords and concepts: from the lexicon, and then from pairs.

N-grams start where the lexicon puts them (``cooccurrence``), and concepts at zero; none moves far
from there. Learnt as well is how much each weighs, beside what its rarity makes it weigh.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bench.embedding.dataset import Batch, Floats, Words, concept_terms, joined, words_of
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
from matching import Analyser
from matching.embedding.words import LOG_WEIGHT
from matching.unit import is_concept

EPOCHS, TEMPERATURE = 6, 0.12
LEARNING_RATE, CONCEPT_LEARNING_RATE, WEIGHT_LEARNING_RATE = 0.01, 0.02, 0.003
L2, CONCEPT_L2, WEIGHT_L2 = 3.0, 0.25, 10.0  # pull to where they started

Pair = tuple[Words, Words]


class Learnt(NamedTuple):
    """The vector of each n-gram and concept, and the logarithm of its weight."""

    names: Sequence[str]
    vectors: Floats
    log_weights: Floats

    def packed(self) -> bytes:
        """As ``WordEmbedding`` reads it."""
        columns = np.column_stack([self.log_weights * LOG_WEIGHT, scaled(self.vectors)])
        return table(self.names, columns)


def learn_words(
    counted: Mapping[str, Floats], pairs: Sequence[tuple[str, str]], analyser: Analyser
) -> Learnt:
    """What is known of all n-grams that were counted, and of the concepts met in the pairs."""
    names = [*counted, *concept_terms(analyser.lexicon)]
    index = {name: at for at, name in enumerate(names)}
    read = [(words_of(analyser, need, "need", index), words_of(analyser, answer, "offer", index))
            for need, answer in pairs]  # fmt: skip
    start = np.zeros((len(names), len(next(iter(counted.values())))), dtype=np.float32)
    start[: len(counted)] = list(counted.values())
    known = [pair for pair in read if all(pair)]
    vectors, log_weights = _train(known, start, ngrams=len(counted))
    kept = [at for at, name in enumerate(names) if not is_concept(name) or vectors[at].any()]
    return Learnt([names[at] for at in kept], vectors[kept], log_weights[kept])


def _train(pairs: Sequence[Pair], start: Floats, *, ngrams: int) -> tuple[Floats, Floats]:
    """The vectors and log weights of all names; the first ``ngrams`` are no concepts."""
    is_ngram = np.arange(len(start))[:, None] < ngrams
    vectors = Parameters(
        start,
        learning_rate=np.where(is_ngram, LEARNING_RATE, CONCEPT_LEARNING_RATE).astype(np.float32),
        pull=np.where(is_ngram, L2, CONCEPT_L2).astype(np.float32) * np.float32(2 / len(pairs)),
    )
    log_weights = Parameters(
        np.zeros(len(start), dtype=np.float32),
        learning_rate=WEIGHT_LEARNING_RATE,
        pull=np.float32(2 * WEIGHT_L2 / len(pairs)),
    )
    for batch, decay in batches(pairs, EPOCHS):
        of_vectors, of_weights = _gradients(vectors.values, log_weights.values, batch)
        vectors.step(of_vectors, decay)
        log_weights.step(of_weights, decay)
    return vectors.values, log_weights.values


def _gradients(
    vectors: Floats, log_weights: Floats, batch: Sequence[Pair]
) -> tuple[Floats, Floats]:
    gradients = np.zeros_like(vectors), np.zeros_like(log_weights)
    sides = [joined([pair[side] for pair in batch]) for side in (0, 1)]
    forward = [_forward(vectors, log_weights, one) for one in sides]
    of_texts = info_nce_gradients(forward[0].text, forward[1].text, TEMPERATURE)
    for of_text, passed, side in zip(of_texts, forward, sides, strict=True):
        _backward(gradients, of_text, passed, side)
    return gradients


class Forward(NamedTuple):
    """The vectors of texts and of their words, all of length 1, and what gradients need."""

    text: Floats
    text_norms: Floats
    word: Floats
    word_norms: Floats
    weights: Floats  # of each word


def _forward(vectors: Floats, log_weights: Floats, texts: Batch) -> Forward:
    sums = segment_sums(vectors[texts.row] * texts.amount, texts.word_of_subword)
    word, word_norms = normalise(sums)
    learnt = np.bincount(texts.word_of_subword, log_weights[texts.row] * texts.share)
    weights = (texts.weight * np.exp(learnt)).astype(np.float32)[:, None]
    text, text_norms = normalise(segment_sums(word * weights, texts.text_of_word))
    return Forward(text, text_norms, word, word_norms, weights)


def _backward(
    gradients: tuple[Floats, Floats], of_text: Floats, passed: Forward, texts: Batch
) -> None:
    """Add what the texts say of the vectors and log weights of their subwords."""
    of_sum = through_norm(of_text, passed.text, passed.text_norms)[texts.text_of_word]
    of_word = through_norm(of_sum * passed.weights, passed.word, passed.word_norms)
    scatter_add(gradients[0], of_word[texts.word_of_subword] * texts.amount, texts.row)
    of_weights = (of_sum * passed.word).sum(axis=1) * passed.weights[:, 0]
    of_log_weights = of_weights[texts.word_of_subword] * texts.share
    gradients[1][:] += np.bincount(texts.row, of_log_weights, len(gradients[1]))
