"""Many values, in portions that a statement takes."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

_AT_ONCE = 500  # databases take only so many values in one statement
T = TypeVar("T")


def portions(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """All of them, in their order."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
