"""Vectors are stored in four bits a dimension, and hardly anything is lost."""

from base64 import b64decode
from math import hypot
from operator import mul
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.embedding.quantised import cosine, decode, encode


def test_what_is_stored_are_levels() -> None:
    one, other = [0.5, -0.5, 0.5, -0.5, 0, 0, 0, 0], [0.5, 0.5, 0.5, -0.5, 0, 0, 0, 0]
    assert len(b64decode(encode(one))) == 4  # half a byte for each dimension
    assert cosine(decode(encode(one)), decode(encode(one))) == pytest.approx(1)
    assert cosine(decode(encode(one)), decode(encode(other))) == pytest.approx(0.5, abs=0.05)
    opposite = [-part for part in one]
    assert cosine(decode(encode(one)), decode(encode(opposite))) == pytest.approx(-1, abs=0.05)


@given(st.lists(st.floats(-1, 1), min_size=16, max_size=16), st.randoms())
def test_levels_keep_the_cosine(one: list[float], rng: Random) -> None:
    other = [part + rng.uniform(-0.5, 0.5) for part in one]
    norm, its_norm = hypot(*one), hypot(*other)
    assume(min(norm, its_norm) > 0.1)
    exact = sum(map(mul, one, other)) / norm / its_norm
    stored = [encode([part / size for part in v]) for v, size in ((one, norm), (other, its_norm))]
    assert cosine(*map(decode, stored)) == pytest.approx(exact, abs=0.12)


def test_nothing_is_like_nothing() -> None:
    assert encode([]) == ""
    assert decode("") is None
    assert cosine(None, decode(encode([0.6, -0.8] * 4))) == 0
