"""Many values, in chunks that a statement takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_SIZE = 500  # databases take only so many values in one statement
T = TypeVar("T")


def chunked(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """All of them, in their order."""
    for start in range(0, len(values), _SIZE):
        yield values[start : start + _SIZE]
