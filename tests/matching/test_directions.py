"""A direction is stored in steps, and hardly anything is lost."""

from base64 import b64decode
from math import hypot
from operator import mul
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.directions import alike, read, written


def test_what_is_stored_are_steps() -> None:
    one, other = [0.5, -0.5, 0.5, -0.5, 0, 0, 0, 0], [0.5, 0.5, 0.5, -0.5, 0, 0, 0, 0]
    assert len(b64decode(written(one))) == 4  # half a byte for each dimension
    assert alike(read(written(one)), read(written(one))) == pytest.approx(1)
    assert alike(read(written(one)), read(written(other))) == pytest.approx(0.5, abs=0.05)
    opposite = [-part for part in one]
    assert alike(read(written(one)), read(written(opposite))) == pytest.approx(-1, abs=0.05)


@given(st.lists(st.floats(-1, 1), min_size=16, max_size=16), st.randoms())
def test_steps_keep_how_near_texts_are(one: list[float], dice: Random) -> None:
    other = [part + dice.uniform(-0.5, 0.5) for part in one]
    length, its_length = hypot(*one), hypot(*other)
    assume(min(length, its_length) > 0.1)
    cosine = sum(map(mul, one, other)) / length / its_length
    near = alike(
        *(
            read(written([part / long for part in vector]))
            for vector, long in ((one, length), (other, its_length))
        )
    )
    assert near == pytest.approx(cosine, abs=0.12)
