"""A matrix of small integers with a name for each row, as ``bench/embedding`` writes it."""

from collections.abc import Sequence


class Table:
    """Only read, so threads may share it."""

    def __init__(self, data: bytes) -> None:
        """The names in a line, then for each of them a row of signed bytes."""
        names, _, numbers = data.partition(b"\n")
        self.index = {name: at for at, name in enumerate(names.decode().split(" "))}
        self.width = len(numbers) // len(self.index)
        self._numbers = memoryview(numbers).cast("b")

    def row(self, at: int) -> Sequence[int]:
        """The ``width`` numbers of a name, by its index."""
        return self._numbers[at * self.width : (at + 1) * self.width]
