"""What characters stand for, from how often they occur in the terms of the lexicon.

How often a character, or a pair of them, occurs in the terms of a concept, in place of how often it
would by chance (positive pointwise mutual information, with the chances of concepts to the power of
0.75), in as few dimensions as keep most of it (singular values): what Levy, Goldberg and Dagan do
with words and their neighbours ("Improving distributional similarity", TACL 2015).
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from bench.meaning.reading import Floats
from matching.concepts import Concept, Lexicon
from matching.parts import parts

DIMENSIONS = 192  # a multiple of 8, as directions are stored
LEAST = 4  # terms that a pair of characters occurs in
PARENT, NEIGHBOUR, FIELD = 0.5, 0.3, 0.3  # what a term says of them, beside 1 of its own concept
OF_PARENT, OF_NEIGHBOUR = 0.7, 0.4  # likewise of a word that is a concept of its own
SMOOTH = 0.75
SHARPNESS = 0.25  # of the singular values: each direction counts for about as much
_ROUNDS = 5


def count(lexicon: Lexicon) -> dict[str, Floats]:
    """The direction of each part of a word, all of about length 1."""
    terms = list(_terms(lexicon))
    seen = Counter(part for term, _ in terms for part in set(parts(term)))
    names = sorted(part for part, count in seen.items() if len(part) == 1 or count >= LEAST)
    rows = {name: at for at, name in enumerate(names)}
    columns: dict[str, int] = {}
    for _, told in terms:
        for name in told:
            columns.setdefault(name, len(columns))
    counts = np.zeros((len(rows), len(columns)), dtype=np.float32)
    for term, told in terms:
        known = [rows[part] for part in parts(term) if part in rows]
        for name, weight in told.items():
            np.add.at(counts[:, columns[name]], known, weight / max(len(known), 1) ** 0.5)
    found = _largest(_surprise(counts))
    found /= np.sqrt((found**2).sum(axis=1).mean())
    return {name: found[at] for name, at in rows.items()}


def _terms(lexicon: Lexicon) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Each term with what it speaks of."""
    for concept in lexicon.concepts.values():
        told = _told(concept)
        for term in sorted({*concept.terms, concept.head.split("/")[0]}):
            yield term, told


def _told(concept: Concept) -> dict[str, float]:
    lone = concept.source.startswith("words_")
    told = {} if lone else {concept.head: 1.0, f"@{concept.source}": FIELD}
    for name in concept.parents:
        told.setdefault(name, OF_PARENT if lone else PARENT)
    for name in concept.neighbours:
        told.setdefault(name, OF_NEIGHBOUR if lone else NEIGHBOUR)
    return told


def _surprise(counts: Floats) -> Floats:
    total = counts.sum()
    of_part = counts.sum(axis=1, keepdims=True) + 1e-9
    of_concept = counts.sum(axis=0, keepdims=True) ** SMOOTH
    of_concept *= total / of_concept.sum()
    with np.errstate(divide="ignore"):
        surprise = np.log(counts * total / (of_part * of_concept + 1e-9))
    known: Floats = np.maximum(surprise, 0)
    return known


def _largest(matrix: Floats) -> Floats:
    """The rows in the directions of the largest singular values, by repeated projection."""
    start = np.random.default_rng(0).standard_normal((matrix.shape[1], DIMENSIONS + 20))
    image = matrix @ start.astype(np.float32)
    for _ in range(_ROUNDS):
        base = np.linalg.qr(image)[0]
        image = matrix @ np.linalg.qr(matrix.T @ base)[0]
    base = np.linalg.qr(image)[0]
    left, values, _ = np.linalg.svd(base.T @ matrix, full_matrices=False)
    found: Floats = (base @ left)[:, :DIMENSIONS] * values[:DIMENSIONS] ** SHARPNESS
    return found
