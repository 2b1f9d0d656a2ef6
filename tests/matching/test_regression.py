"""The regression finds what made the examples."""

import random

import pytest

from matching.model import Model
from matching.regression import fit


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
