"""Vectors of character n-grams, from how often they occur in the terms of the lexicon.

Positive pointwise mutual information of n-grams and concepts, with the frequencies of concepts to
the power of 0.75, reduced to its largest singular values: what Levy, Goldberg and Dagan do with
words and their contexts ("Improving distributional similarity", TACL 2015).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from bench.embedding.dataset import Floats
from matching.concepts import Concept, Lexicon
from matching.embedding.ngrams import ngrams

DIMENSIONS = 192  # a multiple of 8, as vectors are stored
MIN_COUNT = 4  # terms that a bigram occurs in
PARENT, NEIGHBOUR, FIELD = 0.5, 0.3, 0.3  # what a term counts for them, beside 1 for its concept
OF_PARENT, OF_NEIGHBOUR = 0.7, 0.4  # likewise of a word that is a concept of its own
SMOOTHING = 0.75
EXPONENT = 0.25  # of the singular values: each dimension counts for about as much
_ITERATIONS, _OVERSAMPLING = 5, 20


def count(lexicon: Lexicon) -> dict[str, Floats]:
    """The vector of each n-gram; their mean square is 1."""
    terms = list(_terms(lexicon))
    seen = Counter(ngram for term, _ in terms for ngram in set(ngrams(term)))
    names = sorted(name for name, count in seen.items() if len(name) == 1 or count >= MIN_COUNT)
    rows = {name: at for at, name in enumerate(names)}
    columns: dict[str, int] = {}
    for _, contexts in terms:
        for name in contexts:
            columns.setdefault(name, len(columns))
    counts = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for term, contexts in terms:
        known = [rows[ngram] for ngram in ngrams(term) if ngram in rows]
        for name, weight in contexts.items():
            np.add.at(counts[:, columns[name]], known, weight / max(len(known), 1) ** 0.5)
    vectors = _reduced(_ppmi(counts))
    vectors /= np.sqrt((vectors**2).sum(axis=1).mean())
    return {name: vectors[at] for name, at in rows.items()}


def _terms(lexicon: Lexicon) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Each term with its contexts: concepts, and the file that its own stands in."""
    for concept in lexicon.concepts.values():
        contexts = _contexts(concept)
        for term in sorted({*concept.terms, concept.head.split("/")[0]}):
            yield term, contexts


def _contexts(concept: Concept) -> dict[str, float]:
    lone = concept.source.startswith("words_")
    contexts = {} if lone else {concept.head: 1.0, f"@{concept.source}": FIELD}
    for name in concept.parents:
        contexts.setdefault(name, OF_PARENT if lone else PARENT)
    for name in concept.neighbours:
        contexts.setdefault(name, OF_NEIGHBOUR if lone else NEIGHBOUR)
    return contexts


def _ppmi(counts: Floats) -> Floats:
    total = counts.sum()
    of_ngram = counts.sum(axis=1, keepdims=True) + 1e-9
    of_context = counts.sum(axis=0, keepdims=True) ** SMOOTHING
    of_context *= total / of_context.sum()
    with np.errstate(divide="ignore"):
        pmi = np.log(counts * total / (of_ngram * of_context + 1e-9))
    positive: Floats = np.maximum(pmi, 0)
    return positive


def _reduced(matrix: Floats) -> Floats:
    """The rows by the left singular vectors of the largest singular values, found by randomised
    subspace iteration (Halko, Martinsson and Tropp, SIAM Review 2011).
    """
    start = np.random.default_rng(0).standard_normal((matrix.shape[1], DIMENSIONS + _OVERSAMPLING))
    image = matrix @ start.astype(np.float32)
    for _ in range(_ITERATIONS):
        base = np.linalg.qr(image)[0]
        image = matrix @ np.linalg.qr(matrix.T @ base)[0]
    base = np.linalg.qr(image)[0]
    left, values, _ = np.linalg.svd(base.T @ matrix, full_matrices=False)
    found: Floats = (base @ left)[:, :DIMENSIONS] * np.power(values[:DIMENSIONS], EXPONENT)
    return found
