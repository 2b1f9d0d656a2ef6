"""The measures, against an example worked by hand."""

import pytest

from matching.metrics import (
    Judged,
    f_measure,
    intervals,
    mean,
    measure,
    relevant_members,
    relevant_posts,
)


def judged(answer: str, relevant: str) -> Judged:
    return Judged(answer.split(), frozenset(relevant.split()))


def test_worked_example() -> None:
    found = measure(
        [
            judged("a b c d", "a d e"),  # d is the fourth and not seen: 1 of 3 right, 3 wanted
            judged("x b", "b"),  # first wrong: 1 of 2 right, 1 wanted
            judged("", "a b c d"),  # nothing given, 3 wanted
            judged("", ""),  # rightly quiet
            judged("z", ""),  # wrongly not
        ]
    )
    assert found.p_at_1 == pytest.approx(1 / 3)
    assert found.precision == pytest.approx(2 / 6)
    assert found.recall == pytest.approx(2 / 7)
    assert found.f1 == pytest.approx(4 / 13)
    assert found.f05 == pytest.approx(1.25 * (1 / 3) * (2 / 7) / (0.25 / 3 + 2 / 7))
    assert found.quiet_when_empty == 0.5


def test_intervals_hold_each_group_and_their_mean() -> None:
    sure, doubtful = [judged("a", "a")] * 9, [judged("a", "a"), judged("b", "a")] * 50
    first, second, both = intervals([sure, doubtful])
    assert set(first.values()) == {(1.0, 1.0)}
    low, high = second["p_at_1"]
    assert [low, high] == pytest.approx([0.4, 0.6], abs=0.03)
    assert list(both["p_at_1"]) == pytest.approx([(1 + low) / 2, (1 + high) / 2])
    assert intervals([sure, doubtful]) == [first, second, both]


def test_no_answer_at_all() -> None:
    found = measure([judged("", "a")])
    assert (found.p_at_1, found.precision, found.recall, found.f1) == (0, 0, 0, 0)
    assert found.quiet_when_empty == 1


def test_f_measure_of_nothing() -> None:
    assert f_measure(0, 0, beta=1) == 0


def test_mean() -> None:
    both = mean([measure([judged("a", "a")]), measure([judged("", "a")])])
    assert both.p_at_1 == 0.5


def test_the_author_of_a_relevant_post_is_relevant() -> None:
    grades = {"p1": 2, "p2": 0, "m1": 1, "m2": 0}
    assert relevant_posts(grades) == {"p1"}
    assert relevant_members(grades, {"p1": "m9", "p2": "m8"}) == {"m1", "m9"}
