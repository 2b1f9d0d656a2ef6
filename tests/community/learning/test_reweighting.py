"""What lowered words do to a ranking."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.learning.reweighting import reweighted
from matching import Analyser, Analysis, Ranked, Reason


@pytest.fixture(scope="module")
def query(analyser: Analyser) -> Analysis:
    return analyser.analyse("找一位懂跨境电商的会计", "need")


def hit(id_: int, score: float, **shares: float) -> Ranked:
    reasons = tuple(Reason(word, word, "", 1, share) for word, share in shares.items())
    return Ranked(id_, id_, score, (), (), lambda: reasons)


@pytest.mark.parametrize(
    ("weights", "scores"),
    [
        ({}, {1: 0.9, 2: 0.8, 3: 0.7}),
        ({"C律师": 0.25}, {1: 0.9, 2: 0.8, 3: 0.7}),
        ({"C会计": 0.5}, {1: 0.45, 2: 0.8, 3: 0.6125}),  # a quarter of the third is about it
        ({"C会计": 0.5, "C跨境电商": 0.5}, {1: 0.45, 2: 0.4, 3: 0.35}),
    ],
)
def test_a_chance_falls_with_the_share_of_its_lowered_words(
    query: Analysis, weights: dict[str, float], scores: dict[int, float]
) -> None:
    ranked = [hit(1, 0.9, 会计=0.6), hit(2, 0.8, 跨境电商=0.3), hit(3, 0.7, 会计=0.1, 跨境电商=0.3)]
    after = reweighted(query, ranked, weights)
    assert {one.id: one.score for one in after} == scores
    assert [one.score for one in after] == sorted(scores.values(), reverse=True)


@given(
    shares=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=6),
    weights=st.dictionaries(st.sampled_from(["C会计", "C跨境电商"]), st.floats(0.25, 1)),
)
@example(shares=[(1.0, 5e-324, 0.0)], weights={"C会计": 0.5})
def test_nothing_rises_and_nothing_falls_below_the_lowest_weight(
    query: Analysis, shares: list[tuple[float, float, float]], weights: dict[str, float]
) -> None:
    ranked = [
        hit(number, score, 会计=one, 跨境电商=two)
        for number, (score, one, two) in enumerate(shares)
    ]
    lowest = min(weights.values(), default=1.0)
    after = {one.id: one.score for one in reweighted(query, ranked, weights)}
    for one in ranked:
        assert one.score * lowest - 1e-4 <= after[one.id] <= one.score + 1e-4
