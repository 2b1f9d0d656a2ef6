"""The features by their definitions, one by one and slowly, to hold the quick ones against."""

import math
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching import Analysis, Stats, Unit
from matching.comparing import idf
from matching.features import EXACT, in_other_city


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit of the query, the unit of the candidate that answers it best, and how near it is."""

    unit: Unit
    theirs: Unit
    near: float
    value: float


@dataclass(frozen=True)
class Query:
    """A query with what each of its units is worth in this collection."""

    analysis: Analysis
    values: Sequence[float]
    total: float
    characters: Mapping[str, float]  # Han characters, by what their units are worth

    @classmethod
    def weigh(cls, analysis: Analysis, stats: Stats) -> "Query":
        """Value the units by rarity."""
        values = [unit.weight * idf(unit, stats) for unit in analysis.units]
        characters: dict[str, float] = {}
        for unit in analysis.units:
            for char in filter(_is_han, unit.surface):
                characters[char] = max(characters.get(char, 0.0), unit.weight * unit.rarity)
        return cls(analysis, values, sum(values) or 1.0, characters)


def _is_han(char: str) -> bool:
    return "㐀" <= char <= "鿿"


def hits(query: Query, candidate: Analysis) -> list[Hit]:
    """For each unit of the query its best answer, if any."""
    found = []
    for unit, value in zip(query.analysis.units, query.values, strict=True):
        best: tuple[float, float, Unit | None] = (0.0, 0.0, None)
        for term, near in unit.terms.items():
            for theirs_near, theirs in postings(candidate).get(term, ()):
                nearness = near * theirs_near
                strength = nearness * (0.5 + 0.5 * min(theirs.weight, 1.0))
                if strength > best[0]:
                    best = (strength, nearness, theirs)
        if best[2] is not None:
            found.append(Hit(unit, best[2], best[1], value))
    return found


def near_by(candidate: Analysis, query: Analysis) -> float:
    """The share of the candidate's own matter that the query speaks of."""
    total = answered = 0.0
    for unit in candidate.units:
        worth = unit.weight * unit.rarity
        total += worth
        best = 0.0
        for term, near in unit.terms.items():
            for theirs_near, _ in postings(query).get(term, ()):
                best = max(best, near * theirs_near)
        answered += worth * best
    return answered / total if total else 0.0


def shared(query: Query, candidate: Analysis, found: Sequence[Hit]) -> dict[str, float]:
    """Features that posts and members have in common."""
    score = sum(h.value * h.near * (0.5 + 0.5 * min(h.theirs.weight, 1.0)) for h in found)
    exact = [h for h in found if h.near >= EXACT]
    covered = sum(h.value * h.near for h in found) / query.total
    covers = near_by(candidate, query.analysis)
    return {
        "score": math.log1p(score) / 3,
        "covered": covered,
        "covers": covers,
        "both_cover": math.sqrt(covered * covers),
        "head": max((h.near for h in found if h.unit.head), default=0.0),
        "head_exact": max(
            (1.0 for h in exact if h.unit.head and len(h.unit.terms) > 1), default=0.0
        ),
        "exact": min(len(exact), 3) / 3,
        "known_exact": min(sum(len(h.unit.terms) > 1 and h.unit.weight > 0.3 for h in exact), 3)
        / 3,
        "same_word": min(
            sum(h.unit.surface == h.theirs.surface and h.unit.weight > 0.2 for h in found), 3
        )
        / 3,
        "characters": sum(
            v
            for c, v in query.characters.items()
            if any(c in unit.surface for unit in candidate.units)
        )
        / (sum(query.characters.values()) or 1.0),
        "best": max((h.near for h in found), default=0.0),
        "rarest": max((h.value for h in exact), default=0.0) / 10,
        "known_both": max(
            (h.near for h in found if len(h.unit.terms) > 1 and len(h.theirs.terms) > 1),
            default=0.0,
        ),
        "rare_head": max(
            (h.near * h.value / h.unit.weight for h in found if h.unit.head), default=0.0
        )
        / 10,
        "longest": max((h.near * min(len(h.unit.surface), 6) for h in found), default=0.0) / 6,
        "head_missing": float(
            any(u.head and len(u.terms) > 1 for u in query.analysis.units)
            and not any(h.near >= 0.5 for h in found if h.unit.head)
        ),
        **_place(query.analysis, candidate),
    }


def _place(query: Analysis, candidate: Analysis) -> dict[str, float]:
    same = bool(query.cities & candidate.cities)
    apart = in_other_city(query, candidate)
    local = query.local or candidate.local
    return {
        "same_city": float(same),
        "apart": float(apart),
        "apart_local": float(apart and local),
        "flow_clash": float(bool(query.flow) and query.flow == candidate.flow),
        "work_clash": float(bool(query.work) and query.work == candidate.work),
        "work_fits": float({query.work, candidate.work} == {"hire", "seek"}),
        "seeks_alone": float(query.work == "seek" and candidate.work != "hire"),
    }


def whole(query: Analysis, candidate: Analysis, *, met: bool) -> dict[str, float]:
    """What the texts have in common as wholes."""
    letters, theirs = _letters(query), set(_letters(candidate))
    common = sum(rarity for char, rarity in letters.items() if char in theirs)
    return {
        "met": float(met),
        "letters": common / 30,
        "letters_covered": common / (sum(letters.values()) or 1),
        "meaning": _cosine(_place_of(query), _place_of(candidate)),
        "topics": sum(s * candidate.topics.get(name, 0.0) for name, s in query.topics.items()),
    }


def _letters(analysis: Analysis) -> dict[str, int]:
    text = analysis.letters
    return {text[at]: int(text[at + 1]) for at in range(0, len(text), 2)}


def _place_of(analysis: Analysis) -> list[float]:
    """Where it lies: of each step from the middle first all lowest bits, in Base64."""
    data = b64decode(analysis.meaning)
    each = len(data) // 4
    bits = [bin(int.from_bytes(data[at * each :][:each]))[2:].zfill(each * 8) for at in range(4)]
    return [int("".join(reversed(one)), 2) - 7.5 for one in zip(*bits, strict=True)]


def _cosine(one: list[float], other: list[float]) -> float:
    if not one or not other:
        return 0.0
    product = sum(a * b for a, b in zip(one, other, strict=True))
    return product / math.hypot(*one) / math.hypot(*other)


def post_features(query: Query, candidate: Analysis, found: Sequence[Hit]) -> dict[str, float]:
    """Features of a post of the opposite kind."""
    return {
        **shared(query, candidate, found),
        "their_head_missing": float(
            any(u.head and len(u.terms) > 1 for u in candidate.units)
            and not any(h.near >= 0.5 for h in found if h.theirs.head)
        ),
        "their_head": max(
            (h.near * min(1.0, h.unit.weight + 0.2) for h in found if h.theirs.head), default=0.0
        ),
        "heads": max((h.near for h in found if h.theirs.head and h.unit.head), default=0.0),
        "heads_exact": max(
            (1.0 for h in found if h.near >= EXACT and h.theirs.head and h.unit.head), default=0.0
        ),
    }


def member_features(query: Query, candidate: Analysis, found: Sequence[Hit]) -> dict[str, float]:
    """Features of a member: in which field, and on which side."""
    sides = {
        "has": 0.0,
        "wants": 0.0,
        "asked": 0.0,
        "title": 0.0,
        "head_has": 0.0,
        "head_wants": 0.0,
        "head_asked": 0.0,
        "bio": 0.0,
    }
    for unit in query.analysis.units:
        for term, near in unit.terms.items():
            for theirs_near, theirs in postings(candidate).get(term, ()):
                nearness = near * theirs_near * min(1.0, unit.weight)
                names = [
                    "asked" if theirs.field == "keywords" else "wants" if theirs.wants else "has"
                ]
                if theirs.field in ("title", "industry"):
                    names.append("title")
                if theirs.field == "bio":
                    names.append("bio")
                if unit.head:
                    names += [f"head_{names[0]}"]
                for name in names:
                    sides[name] = max(sides[name], nearness)
    giving = query.analysis.flow == "give"
    return {
        **shared(query, candidate, found),
        **sides,
        # Who gives something away is glad of those who want it, and a rival of those who have it.
        "give": float(giving),
        "give_has": giving * sides["head_has"],
        "give_wants": giving * sides["head_wants"],
        "asked_only": sides["asked"] * (1 - sides["has"]),
        "asked_and_has": sides["asked"] * sides["has"],
    }


def postings(analysis: Analysis) -> dict[str, list[tuple[float, Unit]]]:
    """Index term to the units that carry it."""
    found: dict[str, list[tuple[float, Unit]]] = {}
    for unit in analysis.units:
        for term, near in unit.terms.items():
            found.setdefault(term, []).append((near, unit))
    return found
