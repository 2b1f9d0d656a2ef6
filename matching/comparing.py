"""Which units of a query a candidate answers, and how well."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.analysis import Analysis
from matching.document import decode_letters
from matching.embedding.quantised import Quantised, decode
from matching.folding import is_han
from matching.stored import RARITY, TERMS, WEIGHT, Row, Stored
from matching.unit import Unit

PRIOR = 300.0

QueryTerm = tuple[int, int, float]  # a unit of the query, the place of a term in it, how near


@dataclass(frozen=True)
class Stats:
    """The searched collection: how many texts, and in how many each term of the query is."""

    size: int
    df: Mapping[str, int]


class Hit(NamedTuple):
    """A unit of the query, the unit of the candidate that answers it best, and how near it is."""

    unit: Unit
    theirs: Row
    near: float
    value: float


TermMatch = tuple[int, float, Row]  # a unit of the query, how near the candidate's comes, and that
_Best = tuple[float, int, float, Row]  # how strong it is, the place of the term, and the same


@dataclass(frozen=True)
class Query:
    """A query with what each of its units is worth in this collection."""

    analysis: Analysis
    values: Sequence[float]
    total: float
    asked: Mapping[str, Sequence[QueryTerm]]  # by term
    characters: Mapping[str, float]  # Han characters, by what their units are worth
    all_characters: float
    known_head: bool  # what it is about is a matter of trade
    letters: Mapping[str, int]  # all Han characters that say something, by their rarity
    all_letters: float
    meaning: Quantised | None

    @classmethod
    def weigh(cls, analysis: Analysis, stats: Stats) -> "Query":
        """Value the units by rarity."""
        values = [unit.weight * idf(unit, stats) for unit in analysis.units]
        asked: dict[str, list[QueryTerm]] = {}
        characters: dict[str, float] = {}
        for at, unit in enumerate(analysis.units):
            for place, (term, near) in enumerate(unit.terms.items()):
                asked.setdefault(term, []).append((at, place, near))
            for char in filter(is_han, unit.surface):
                characters[char] = max(characters.get(char, 0.0), unit.weight * unit.rarity)
        letters = dict(decode_letters(analysis.letters))
        return cls(
            analysis,
            values,
            sum(values) or 1.0,
            asked,
            characters,
            sum(characters.values()) or 1.0,
            any(unit.head and len(unit.terms) > 1 for unit in analysis.units),
            letters,
            float(sum(letters.values())) or 1.0,
            decode(analysis.meaning),
        )


class Answer(NamedTuple):
    """What a candidate has in common with a query."""

    hits: Sequence[Hit]  # for each unit of the query that is answered
    term_matches: Sequence[TermMatch]  # all that meets
    covers: float  # the share of the candidate's own matter that the query speaks of


def idf(unit: Unit, stats: Stats) -> float:
    """Rarity in the community, steadied by rarity in general Chinese."""
    df = max((stats.df.get(term, 0) for term, near in unit.terms.items() if near >= 1), default=0)
    seen = df + PRIOR * math.exp(-unit.rarity)
    size = max(stats.size, df) + PRIOR
    return math.log(1 + (size - seen + 0.5) / (seen + 0.5))


NO_ANSWER = Answer((), (), 0.0)


def answer(query: Query, candidate: Stored) -> Answer:
    """What they share, in one walk through the candidate.

    For each unit of the query the strongest is the best; of equals that by its earlier term.
    """
    asked = query.asked
    term_matches: list[TermMatch] = []
    best: dict[int, _Best] = {}
    total = answered = 0.0
    for row in candidate.rows:
        weight = row[WEIGHT]
        worth = weight * row[RARITY]
        total += worth
        nearest = 0.0
        for term, their_near in row[TERMS]:
            if term in asked:
                strong = 0.5 + 0.5 * weight if weight < 1 else 1.0
                for unit, place, near in asked[term]:
                    both = near * their_near
                    term_matches.append((unit, both, row))
                    nearest = both if both > nearest else nearest
                    strength = both * strong
                    known = best.get(unit)
                    if (
                        not known
                        or strength > known[0]
                        or (strength == known[0] and place < known[1])
                    ):
                        best[unit] = (strength, place, both, row)
        answered += worth * nearest
    if not term_matches:
        return NO_ANSWER
    return Answer(_hits(query, best), term_matches, answered / total if total else 0.0)


def _hits(query: Query, best: Mapping[int, _Best]) -> list[Hit]:
    """In the order of the query."""
    units, values = query.analysis.units, query.values
    found = sorted(best.items()) if len(best) > 1 else best.items()
    return [Hit(units[at], theirs, near, values[at]) for at, (_, _, near, theirs) in found]
