"""Vectors as ``matching.embedding.table`` reads them."""

from collections.abc import Sequence

import numpy as np

from bench.embedding.dataset import Floats

CLIP = 0.9999  # the quantile of all numbers beyond which they are clipped
_LARGEST = 127  # of a signed byte


def scaled(vectors: Floats) -> Floats:
    """So that nearly all numbers fit into a byte."""
    fitting: Floats = vectors * (_LARGEST / np.quantile(np.abs(vectors), CLIP))
    return fitting


def table(names: Sequence[str], numbers: Floats) -> bytes:
    """The names in a line, then for each of them a row of signed bytes."""
    stored: bytes = np.round(numbers).clip(-_LARGEST, _LARGEST).astype(np.int8).tobytes()
    return " ".join(names).encode() + b"\n" + stored
