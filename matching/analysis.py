"""What is known about one text: its units of meaning, its place, its side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from matching.stored import Stored
from matching.unit import Unit

ANYTHING = "*"  # stands for all that says anything; no word is one
CITY_WEIGHT = 1  # of a city in the index, which is walked through by number


@dataclass(frozen=True)
class Analysis:
    """An analysed post or profile; stored with it, so that candidates need no second look."""

    units: tuple[Unit, ...] = ()
    cities: frozenset[str] = frozenset()
    remote: bool = False
    local: bool = False  # it happens on the spot: another city rules it out
    flow: str = ""  # "take" when the author wants to get something, "give" when he has it
    work: str = ""  # "hire" or "seek" when it is about a job and says which side
    excluded: frozenset[str] = frozenset()  # concepts whose people are asked to stay away
    kind: str = ""
    topics: Mapping[str, float] = field(default_factory=dict)  # share of each; their squares make 1
    letters: str = ""  # each Han character that says something, and after it its rarity, a digit
    meaning: str = ""  # its embedding, see embedding/text.py

    @cached_property
    def terms(self) -> dict[str, float]:
        """Index terms with the weight they have in this text."""
        best: dict[str, float] = {}
        for unit in self.units:
            for term, near in unit.terms.items():
                best[term] = max(best.get(term, 0.0), round(near * unit.weight, 3))
        return best

    @cached_property
    def weights(self) -> dict[str, int]:
        """By what a text stands in the index, and what that weighs there.

        It is how well the term answers whoever asks for it, up to 100, and its share in all that
        is said, likewise: about what ranking makes of it.
        """
        total = sum(unit.weight * unit.rarity for unit in self.units) or 1.0
        best: dict[str, float] = {}
        share: dict[str, float] = {}
        for unit in self.units:
            strength = 0.5 + 0.5 * min(unit.weight, 1.0)
            worth = unit.weight * unit.rarity / total
            for term, near in unit.terms.items():
                best[term] = max(best.get(term, 0.0), near * strength)
                share[term] = share.get(term, 0.0) + near * worth
        found = {term: round(100 * (best[term] + min(share[term], 1.0))) for term in best}
        return found | {ANYTHING: 0} if found else {}

    @property
    def entries(self) -> dict[str, int]:
        """The same of a post, with the cities that it is about."""
        return self.weights | {city_term(city): CITY_WEIGHT for city in sorted(self.cities)}

    @cached_property
    def surface(self) -> dict[str, str]:
        """Index term to the words as the author wrote them."""
        words: dict[str, tuple[float, str]] = {}
        for unit in self.units:
            for term, near in unit.terms.items():
                if near > words.get(term, (0.0, ""))[0]:
                    words[term] = (near, unit.surface)
        return {term: word for term, (_, word) in words.items()}

    @cached_property
    def stored(self) -> Stored:
        """As a candidate for ranking."""
        return Stored(self.dump())

    def dump(self) -> dict[str, Any]:
        """As JSON, without what is empty. Terms are pairs: JSONB keeps no order of keys."""
        units = [
            [
                u.surface,
                u.rarity,
                u.weight,
                list(u.terms.items()),
                u.field,
                int(u.wants),
                int(u.head),
            ]
            for u in self.units
        ]
        full = {
            "units": units,
            "cities": sorted(self.cities),
            "remote": self.remote,
            "local": self.local,
            "flow": self.flow,
            "work": self.work,
            "excluded": sorted(self.excluded),
            "kind": self.kind,
            "topics": dict(self.topics),
            "letters": self.letters,
            "meaning": self.meaning,
        }
        return {key: value for key, value in full.items() if value}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> "Analysis":
        """The reverse of dump."""
        units = tuple(
            Unit(surface, rarity, weight, dict(terms), name, bool(wants), bool(head))
            for surface, rarity, weight, terms, name, wants, head in data.get("units", ())
        )
        return cls(
            units=units,
            cities=frozenset(data.get("cities", ())),
            remote=data.get("remote", False),
            local=data.get("local", False),
            flow=data.get("flow", ""),
            work=data.get("work", ""),
            excluded=frozenset(data.get("excluded", ())),
            kind=data.get("kind", ""),
            topics=data.get("topics", {}),
            letters=data.get("letters", ""),
            meaning=data.get("meaning", ""),
        )


def city_term(city: str) -> str:
    """The entry of a city, by whichever of its names a text speaks of it; no word is one."""
    return f"@{city}"
