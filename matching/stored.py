"""An analysis as it is stored, read for ranking: no more is made of it than a row for each unit.

Of a candidate most units have nothing to do with the query: they are only walked past.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from matching.embedding.quantised import Quantised, decode


class Row(NamedTuple):
    """A unit as it is stored, as a list in this order; terms are pairs, the first is the unit."""

    surface: str
    rarity: float
    weight: float
    terms: Sequence[tuple[str, float]]
    field: str
    wants: bool
    head: bool


# For the innermost loop, where names take longer.
RARITY: Final = 1
WEIGHT: Final = 2
TERMS: Final = 3


class Stored:
    """What ``Analysis.dump`` has made, with the parts that are left out when they are empty."""

    __slots__ = (
        "characters", "cities", "excluded", "flow", "kind", "letters", "local", "meaning",
        "remote", "rows", "topics", "work",
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any]) -> None:
        get = data.get
        self.rows: Sequence[Row] = list(map(Row._make, get("units", ())))
        self.characters = "".join([row.surface for row in self.rows])  # all that the units say
        self.cities: frozenset[str] = frozenset(get("cities", ()))
        self.remote: bool = get("remote", False)
        self.local: bool = get("local", False)
        self.flow: str = get("flow", "")
        self.work: str = get("work", "")
        self.excluded: Sequence[str] = get("excluded", ())
        self.kind: str = get("kind", "")
        self.topics: Mapping[str, float] = get("topics", {})
        self.letters: str = get("letters", "")
        self.meaning: Quantised | None = decode(get("meaning", ""))
