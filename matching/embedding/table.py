"""A matrix of small integers with a name for each row, as ``bench/embedding`` writes it."""

from collections.abc import Sequence


class Table:
    """Only read, so threads may share it."""

    def __init__(self, data: bytes) -> None:
        """The names in a line, then for each of them a row of signed bytes."""
        end = data.index(b"\n")
        names = data[:end].decode().split(" ")
        self.index = dict(zip(names, range(len(names)), strict=True))
        self._numbers = memoryview(data)[end + 1 :].cast("b")  # megabytes, which are not copied
        self.width = len(self._numbers) // len(self.index)

    def row(self, at: int) -> Sequence[int]:
        """The ``width`` numbers of a name, by its index."""
        return self._numbers[at * self.width : (at + 1) * self.width]
