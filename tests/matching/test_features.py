"""The quick features are the plain ones."""

import random
from pathlib import Path

import pytest

from bot.commands.evaluate import load
from matching import Analyser, Analysis, Candidate, Stats
from matching.comparing import Query
from matching.evaluation import Trial
from matching.features import RelativeFeatures
from matching.ranking import measure, named
from tests.matching import plain_features as plain

BENCH = Path(__file__).parents[2] / "bench"
PAIRS = 1_500  # of each community


@pytest.mark.parametrize("name", ["data", "synthetic"])
def test_quick_and_plain_agree(analyser: Analyser, name: str) -> None:
    dice = random.Random(name)
    for community in load(BENCH / name)[:2]:
        trial = Trial.prepare(community, analyser)
        queries, others = list(trial.posts.values()), [*trial.posts.values()]
        others += trial.members.values()
        met = sum(_same(dice.choice(queries), dice.sample(others, 25)) for _ in range(PAIRS // 25))
        assert met > PAIRS / 20


def _same(query: Analysis, others: list[Analysis]) -> int:
    stats = Stats(500, {term: len(term) for term in query.terms})
    slow = plain.Query.weigh(query, stats)
    found = measure(
        Query.weigh(query, stats), [Candidate(at, one.stored) for at, one in enumerate(others)]
    )
    for (_, answer, values), other in zip(found, others, strict=True):
        measured, hits = named(values), plain.hits(slow, other)
        of = plain.member_features if other.kind == "member" else plain.post_features
        expected = of(slow, other, hits) if hits else dict.fromkeys(measured, 0.0)
        expected |= plain.whole(query, other, met=bool(hits))
        for name in RelativeFeatures._fields:
            measured.pop(name)
            expected.pop(name, None)
        assert measured == pytest.approx(expected, abs=1e-12)
        assert [hit.theirs.surface for hit in answer.hits] == [h.theirs.surface for h in hits]
        assert [hit.near for hit in answer.hits] == [hit.near for hit in hits]
    return sum(bool(answer.hits) for _, answer, _ in found)


def test_all_stand_beside_a_fair_one(analyser: Analyser) -> None:
    query = analyser.analyse("找代理记账", "need")
    texts = ["代理记账，小规模 200 一月", "记账报税老会计", "出一辆婴儿车"]
    shelf = [Candidate(at, analyser.analyse(t, "offer").stored) for at, t in enumerate(texts)]
    weighed = Query.weigh(query, Stats(500, {}))
    best, good, bad = [named(values) for _, _, values in measure(weighed, shelf)]
    assert best["relative"] == best["letters_relative"] == 1
    assert best["meaning_behind"] == best["topics_behind"] == 0
    assert 0 < good["relative"] < 1
    assert bad["relative"] == 0
    [(_, _, alone)] = measure(weighed, shelf[2:])
    assert named(alone)["meaning_behind"] < -0.3
    assert named(alone)["topics_behind"] == -0.5
    assert measure(weighed, []) == []
