"""Vectors as they are stored and compared: four bits in each dimension are enough.

The bits of one significance stand together (a bit plane), so that a dot product is sixteen counts
of the bits that two planes have in common, and the processor takes all dimensions at once.
"""

import base64
import math
from collections.abc import Sequence
from typing import NamedTuple

SPAN = 3.0  # in standard deviations: what lies further out is clipped
_LEVELS = 16
_HIGHEST = _LEVELS - 1
_ZERO = _HIGHEST / 2
_BITS = [bytes(ord("0") + (level >> bit & 1) for level in range(256)) for bit in range(4)]

Vector = Sequence[float]
Planes = tuple[int, int, int, int]
"""The levels of all dimensions, their lowest bits in one number, and so on."""


class Quantised(NamedTuple):
    """A vector of levels, with what its dot products need."""

    planes: Planes
    dimensions: int
    total: int  # of all levels
    norm: float


def encode(vector: Vector) -> str:
    """A vector of length 1 and 8·n dimensions, its bit planes in Base64; "" for none."""
    if not vector:
        return ""
    step = SPAN / math.sqrt(len(vector)) / _ZERO
    reached = [int(one / step + _LEVELS / 2) for one in vector]
    levels = bytes([0 if one < 0 else _HIGHEST if one > _HIGHEST else one for one in reached])
    planes = [int(levels.translate(table), 2) for table in _BITS]
    return base64.b64encode(b"".join(one.to_bytes(len(vector) // 8) for one in planes)).decode()


def decode(text: str) -> Quantised | None:
    """What ``encode`` has made."""
    data = base64.b64decode(text)
    each = len(data) // len(_BITS)
    if not each:
        return None
    a, b, c, d = (int.from_bytes(data[at : at + each]) for at in range(0, len(data), each))
    total = sum(one.bit_count() << bit for bit, one in enumerate((a, b, c, d)))
    found = Quantised((a, b, c, d), each * 8, total, 1.0)
    return found._replace(norm=math.sqrt(_dot(found, found)))


def cosine(one: Quantised | None, other: Quantised | None) -> float:
    """How near two texts are: 1 the same matter, 0 nothing in common, or nothing known."""
    if one is None or other is None:
        return 0.0
    return _dot(one, other) / (one.norm * other.norm)


def _dot(one: Quantised, other: Quantised) -> float:
    """The dot product, each level counted from the middle."""
    (a, b, c, d), (e, f, g, h) = one.planes, other.planes
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
    return product - _ZERO * (one.total + other.total) + _ZERO**2 * one.dimensions
