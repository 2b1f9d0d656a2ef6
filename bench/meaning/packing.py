"""What was learnt, as ``matching.table`` reads it."""

from collections.abc import Sequence

import numpy as np

from bench.meaning.reading import Floats

MOST = 0.9999  # what is larger than this share of all numbers is cut off when it is stored
_LARGEST = 127  # of a signed byte


def scaled(place: Floats) -> Floats:
    """So that nearly all numbers fit into a byte."""
    fitting: Floats = place * (_LARGEST / np.quantile(np.abs(place), MOST))
    return fitting


def table(names: Sequence[str], numbers: Floats) -> bytes:
    """The names in a line, then for each of them a row of signed bytes."""
    stored: bytes = np.round(numbers).clip(-_LARGEST, _LARGEST).astype(np.int8).tobytes()
    return " ".join(names).encode() + b"\n" + stored
