"""The quick features are the plain ones."""

import random
from pathlib import Path

import pytest

from bot.commands.evaluate import load
from matching import Analyser, Analysis, Candidate, Stats
from matching.comparing import Query
from matching.evaluation import Trial
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
    measured = {candidate.id: (answer, named(values)) for candidate, answer, values in found}
    for at, other in enumerate(others):
        hits = plain.hits(slow, other)
        assert bool(hits) == (at in measured)
        if hits:
            of = plain.member_features if other.kind == "member" else plain.post_features
            answer, values = measured[at]
            del values["relative"]
            assert values == pytest.approx(of(slow, other, hits), abs=1e-12)
            assert [hit.theirs.surface for hit in answer.hits] == [h.theirs.surface for h in hits]
            assert [hit.near for hit in answer.hits] == [hit.near for hit in hits]
    return len(measured)
