"""What is learnt from a lexicon and from pairs lies where it should."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
import pytest

from bench.meaning.__main__ import PAIRS, found, load, packed
from bench.meaning.contrasting import Learnt, contrast
from bench.meaning.counting import count
from bench.meaning.reading import Floats
from bench.meaning.spelling import spell, together
from bench.meaning.steps import pushes
from matching import Analyser
from matching.meaning import Meaning
from matching.wording import Wording


def test_pairs_bring_together_what_no_lexicon_knows(analyser: Analyser) -> None:
    few = dict(islice(analyser.lexicon.concepts.items(), 400))
    counted = count(replace(analyser.lexicon, concepts=few))
    pairs = load(PAIRS)[:200]
    alone = Learnt(list(counted), np.array(list(counted.values())), np.zeros(len(counted), "f"))
    learnt = contrast(counted, pairs, analyser)
    mute = Wording(b"a\n" + bytes(8))
    before, after = (found(Meaning(packed(one), mute), pairs, analyser) for one in (alone, learnt))
    assert after[1] > before[1] + 0.02
    spelt = found(Meaning(packed(alone), Wording(spell(pairs))), pairs, analyser)
    assert spelt[1] > before[1] + 0.02


def test_each_pair_is_whole() -> None:
    pairs = load(PAIRS)
    assert len(pairs) > 5_000
    assert all(need.strip() and answer.strip() for need, answer in pairs)


def test_stored_numbers_keep_their_proportions() -> None:
    places = np.array([[0.5, -0.25], [1, 0]], np.float32)
    learnt = Learnt(["甲", "乙"], places, np.array([0.5, -1], np.float32))
    names, _, numbers = packed(learnt).partition(b"\n")
    assert names.decode() == "甲 乙"
    assert list(memoryview(numbers).cast("b")) == [32, 64, -32, -64, 127, 0]


def test_pushes_lead_down_the_loss() -> None:
    """Each is the derivative of what it costs that needs lie beside the wrong answers."""
    dice = np.random.default_rng(1)
    needs, answers = (dice.standard_normal((4, 3)).astype(np.float32) for _ in range(2))

    def loss() -> float:
        near = needs @ answers.T / 0.5
        costs = [np.log(np.exp(rows).sum(axis=1)) - np.diag(rows) for rows in (near, near.T)]
        return float(np.sum(costs)) / 4

    before, step = loss(), 1e-3
    for rows, slopes in zip((needs, answers), pushes(needs, answers, 0.5), strict=True):
        for at in np.ndindex(rows.shape):
            rows[at] += step
            assert slopes[at] == pytest.approx((loss() - before) / step, abs=1e-2)
            rows[at] -= step


def test_texts_lie_as_in_all_that_was_learnt() -> None:
    dice = np.random.default_rng(2)
    places = [dice.standard_normal((9, 192)).astype(np.float32) * much for much in (1, 5)]
    texts = [np.array(parts) for parts in ([0, 1, 2], [2, 3, 4], [0, 1, 5], [6, 7, 8])]
    joined = together(places, [(text, text) for text in texts])

    def near(place: Floats) -> Iterator[float]:
        rows = [place[text].sum(axis=0) for text in texts]
        for one, other in combinations(rows, 2):
            yield float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))

    each = zip(*map(near, places), strict=True)
    assert list(near(joined)) == pytest.approx([sum(pair) / 2 for pair in each], abs=0.05)
