"""An analysis as it is stored, read for ranking without making objects of all that it says.

Of a candidate most units have nothing to do with the query: they are only walked past.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from matching.meaning import read


class Row(NamedTuple):
    """A unit as it is stored: a list in this order; terms are pairs, the first is the unit."""

    surface: str
    rarity: float
    weight: float
    terms: Sequence[tuple[str, float]]
    field: str
    wants: bool
    head: bool


SURFACE, RARITY, WEIGHT, TERMS, HEAD = 0, 1, 2, 3, 6  # for the innermost loops, which read lists


class Stored:
    """What ``Analysis.dump`` has made, with the parts that are left out when they are empty."""

    __slots__ = (
        "cities", "excluded", "flow", "kind", "letters", "local", "meaning", "remote", "rows",
        "topics", "work",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        get = data.get
        self.rows: Sequence[Sequence[Any]] = get("units", ())
        self.cities: frozenset[str] = frozenset(get("cities", ()))
        self.remote: bool = get("remote", False)
        self.local: bool = get("local", False)
        self.flow: str = get("flow", "")
        self.work: str = get("work", "")
        self.excluded: Sequence[str] = get("excluded", ())
        self.kind: str = get("kind", "")
        self.topics: Mapping[str, float] = get("topics", {})
        self.letters: str = get("letters", "")
        self.meaning: Sequence[int] = read(get("meaning", ""))

    @property
    def characters(self) -> str:
        """All that the units say, in one piece."""
        return "".join([row[SURFACE] for row in self.rows])
