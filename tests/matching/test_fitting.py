"""Equations are solved, and chances follow from weights."""

import math

import pytest

from matching.fitting import solve
from matching.model import Model


def test_solve() -> None:
    assert solve([[0.0, 2.0], [1.0, 1.0]], [4.0, 5.0]) == pytest.approx([3.0, 2.0])


def test_chance_does_not_overflow() -> None:
    chance = Model(0.0, {"huge": 1e9}).over(["huge"])
    assert chance([1.0]) == pytest.approx(1.0)
    assert chance([-1.0]) == pytest.approx(0.0)


def test_features_without_a_weight_do_not_count() -> None:
    chance = Model(0.5, {"known": 2.0, "gone": 9.0}).over(["new", "known"])
    assert chance([7.0, 0.25]) == pytest.approx(1 / (1 + math.exp(-1)))
