"""Rows of small numbers by name, as ``bench/meaning`` writes them."""

from collections.abc import Sequence


class Table:
    """Only read, so threads may share it."""

    def __init__(self, data: bytes) -> None:
        """The names in a line, then for each of them a row of signed bytes."""
        names, _, numbers = data.partition(b"\n")
        self.places = {name: at for at, name in enumerate(names.decode().split(" "))}
        self.width = len(numbers) // len(self.places)
        self._numbers = memoryview(numbers).cast("b")

    def row(self, at: int) -> Sequence[int]:
        """The numbers of a name, by its place."""
        return self._numbers[at * self.width : (at + 1) * self.width]
