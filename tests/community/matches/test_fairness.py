"""Whose turn it is among equals."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.matches.fairness import EQUALS, in_turn
from matching import MentionCandidate

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def call(id_: int, score: float) -> MentionCandidate:
    return MentionCandidate(id_, score, ())


def days_ago(*days: int) -> list[datetime]:
    return [NOW - timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("lately", "order"),
    [
        ({}, [3, 2, 1, 4]),  # by chance, equals by the newer number
        ({3: days_ago(1)}, [2, 1, 3, 4]),
        ({3: days_ago(1), 2: days_ago(9)}, [1, 2, 3, 4]),
        ({3: days_ago(9, 8), 2: days_ago(1)}, [1, 2, 3, 4]),
        ({1: days_ago(5), 2: days_ago(5), 3: days_ago(5)}, [3, 2, 1, 4]),
        ({number: days_ago(1, 2, 3) for number in (1, 2, 3)}, [3, 2, 1, 4]),  # 4 is no equal
    ],
)
def test_equals_take_turns(lately: dict[int, list[datetime]], order: list[int]) -> None:
    calls = [call(1, 0.95), call(2, 0.98), call(3, 0.98), call(4, 0.85)]
    assert [one.id for one in in_turn(calls, lately)] == order


@given(
    scores=st.lists(st.floats(0.4, 1.0), max_size=12),
    called=st.dictionaries(st.integers(0, 11), st.lists(st.integers(0, 29), max_size=4)),
)
def test_nobody_is_lost_and_nobody_passes_a_clearly_better_one(
    scores: list[float], called: dict[int, list[int]]
) -> None:
    calls = [call(number, score) for number, score in enumerate(scores)]
    lately = {number: days_ago(*days) for number, days in called.items()}
    ordered = in_turn(calls, lately)
    assert sorted(one.id for one in ordered) == list(range(len(scores)))
    for place, one in enumerate(ordered):
        assert all(later.score * EQUALS <= one.score for later in ordered[place:])
    assert ordered == in_turn(list(reversed(calls)), lately)
