"""The regression finds what made the examples."""

import math
import random

import pytest

from matching.fitting import fit, solve
from matching.model import Model


def test_solve() -> None:
    assert solve([[0.0, 2.0], [1.0, 1.0]], [4.0, 5.0]) == pytest.approx([3.0, 2.0])


def test_weights_are_recovered() -> None:
    truth = Model(-1.0, {"good": 3.0, "bad": -2.0})
    draw = random.Random(1)
    chance = truth.over(["good", "bad"])
    examples = []
    for _ in range(4000):
        features = {"good": draw.random(), "bad": draw.random(), "noise": draw.random()}
        examples.append((features, draw.random() < chance([features["good"], features["bad"]])))
    found = fit(examples)
    assert found.bias == pytest.approx(-1.0, abs=0.3)
    assert found.weights["good"] == pytest.approx(3.0, abs=0.3)
    assert found.weights["bad"] == pytest.approx(-2.0, abs=0.3)
    assert abs(found.weights["noise"]) < 0.3


def test_chance_does_not_overflow() -> None:
    chance = Model(0.0, {"huge": 1e9}).over(["huge"])
    assert chance([1.0]) == pytest.approx(1.0)
    assert chance([-1.0]) == pytest.approx(0.0)


def test_features_without_a_weight_do_not_count() -> None:
    chance = Model(0.5, {"known": 2.0, "gone": 9.0}).over(["new", "known"])
    assert chance([7.0, 0.25]) == pytest.approx(1 / (1 + math.exp(-1)))
