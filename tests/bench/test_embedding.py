"""What is learnt from a lexicon and from pairs brings together what belongs together."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
import pytest

from bench.embedding.__main__ import PAIRS, load, retrieval, untrained
from bench.embedding.characters import ensemble, learn_characters
from bench.embedding.cooccurrence import count
from bench.embedding.dataset import Floats
from bench.embedding.training import info_nce_gradients
from bench.embedding.words import Learnt, learn_words
from matching import Analyser
from matching.embedding.characters import CharacterEmbedding
from matching.embedding.text import TextEmbedding
from matching.embedding.words import WordEmbedding


def test_pairs_bring_together_what_no_lexicon_knows(analyser: Analyser) -> None:
    few = dict(islice(analyser.lexicon.concepts.items(), 200))
    counted = count(replace(analyser.lexicon, concepts=few))
    pairs, none = load(PAIRS)[:100], CharacterEmbedding(b"a\n" + bytes(8))

    def found(learnt: Learnt, characters: CharacterEmbedding = none) -> float:
        embedding = TextEmbedding(WordEmbedding(learnt.packed()), characters)
        return retrieval(embedding, pairs, analyser)[1]

    before = found(untrained(counted))
    assert found(learn_words(counted, pairs, analyser)) > before + 0.02
    characters = CharacterEmbedding(learn_characters(pairs))
    assert found(untrained(counted), characters) > before + 0.02


def test_each_pair_is_whole() -> None:
    pairs = load(PAIRS)
    assert len(pairs) > 5_000
    assert all(need.strip() and answer.strip() for need, answer in pairs)


def test_stored_numbers_keep_their_proportions() -> None:
    vectors = np.array([[0.5, -0.25], [1, 0]], np.float32)
    learnt = Learnt(["甲", "乙"], vectors, np.array([0.5, -1], np.float32))
    names, _, numbers = learnt.packed().partition(b"\n")
    assert names.decode() == "甲 乙"
    assert list(memoryview(numbers).cast("b")) == [32, 64, -32, -64, 127, 0]


def test_gradients_are_the_derivatives_of_the_loss() -> None:
    rng = np.random.default_rng(1)
    needs, answers = (rng.standard_normal((4, 3)).astype(np.float32) for _ in range(2))

    def loss() -> float:
        logits = needs @ answers.T / 0.5
        both = (logits, logits.T)
        return float(sum(np.sum(np.log(np.exp(x).sum(axis=1)) - np.diag(x)) for x in both)) / 4

    before, step = loss(), 1e-3
    gradients = info_nce_gradients(needs, answers, 0.5)
    for rows, gradient in zip((needs, answers), gradients, strict=True):
        for at in np.ndindex(rows.shape):
            rows[at] += step
            assert gradient[at] == pytest.approx((loss() - before) / step, abs=1e-2)
            rows[at] -= step


def test_an_ensemble_has_the_mean_of_the_cosines() -> None:
    rng = np.random.default_rng(2)
    runs = [rng.standard_normal((9, 192)).astype(np.float32) * scale for scale in (1, 5)]
    texts = [np.array(ngrams) for ngrams in ([0, 1, 2], [2, 3, 4], [0, 1, 5], [6, 7, 8])]
    joined = ensemble(runs, [(text, text) for text in texts])

    def cosines(vectors: Floats) -> Iterator[float]:
        rows = [vectors[text].sum(axis=0) for text in texts]
        for one, other in combinations(rows, 2):
            yield float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    each = zip(*map(cosines, runs), strict=True)
    assert list(cosines(joined)) == pytest.approx([sum(pair) / 2 for pair in each], abs=0.05)
