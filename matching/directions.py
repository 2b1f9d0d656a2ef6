"""Directions as they are stored and compared: sixteen steps in each dimension are enough."""

import base64
import math
from collections.abc import Sequence
from typing import NamedTuple

SPAN = 3.0  # in standard deviations: what lies further out is told apart no more
_STEPS = 16  # on the way from one end to the other
_LAST = _STEPS - 1
_MIDDLE = _LAST / 2
_BITS = [bytes(ord("0") + (step >> bit & 1) for step in range(256)) for bit in range(4)]

Vector = Sequence[float]
Steps = tuple[int, int, int, int]
"""A step of sixteen in each dimension: the lowest bits of all of them in one number, and so on, so
that the processor compares all dimensions at once.
"""


class Place(NamedTuple):
    """Where a text lies."""

    steps: Steps
    size: int  # dimensions
    total: int  # of all steps
    length: float


def written(vector: Vector) -> str:
    """A vector of length 1 in steps, their bits in Base64; "" for none."""
    if not vector:
        return ""
    wide = SPAN / math.sqrt(len(vector)) / _MIDDLE
    reached = [int(one / wide + _STEPS / 2) for one in vector]
    steps = bytes([0 if one < 0 else _LAST if one > _LAST else one for one in reached])
    bits = [int(steps.translate(table), 2) for table in _BITS]
    return base64.b64encode(b"".join(one.to_bytes(len(vector) // 8) for one in bits)).decode()


def read(text: str) -> Place | None:
    """What ``Meaning.of`` has made."""
    data = base64.b64decode(text)
    each = len(data) // len(_BITS)
    if not each:
        return None
    a, b, c, d = (int.from_bytes(data[at : at + each]) for at in range(0, len(data), each))
    total = sum(one.bit_count() << bit for bit, one in enumerate((a, b, c, d)))
    place = Place((a, b, c, d), each * 8, total, 1.0)
    return place._replace(length=math.sqrt(_product(place, place)))


def alike(one: Place | None, other: Place | None) -> float:
    """How near two texts are: 1 the same matter, 0 nothing in common."""
    if one is None or other is None:
        return 0.0
    return _product(one, other) / (one.length * other.length)


def _product(one: Place, other: Place) -> float:
    """The sum of the products of all steps, counted from the middle."""
    (a, b, c, d), (e, f, g, h) = one.steps, other.steps
    product = (
        (a & e).bit_count()
        + 2 * ((a & f).bit_count() + (b & e).bit_count())
        + 4 * ((a & g).bit_count() + (b & f).bit_count() + (c & e).bit_count())
        + 8 * ((a & h).bit_count() + (b & g).bit_count())
        + 8 * ((c & f).bit_count() + (d & e).bit_count())
        + 16 * ((b & h).bit_count() + (c & g).bit_count() + (d & f).bit_count())
        + 32 * ((c & h).bit_count() + (d & g).bit_count())
        + 64 * (d & h).bit_count()
    )
    return product - _MIDDLE * (one.total + other.total) + _MIDDLE**2 * one.size
