"""Which terms of a query the database is asked for, and what each is worth there."""

import math
from collections.abc import Mapping

from matching.analysis import Analysis
from matching.comparing import Stats, idf

MAX_TERMS = 32  # terms that candidates are fetched by
ENOUGH_ITEMS = 2_000  # items to choose the candidates from, those with the rarest terms first
_PRIOR = 1_000  # steadies the rarity of terms while a community is small
_ONCE_MORE = 0.1  # of what is said once already, which still tells who says it in the same words


def weighted_terms(query: Analysis, stats: Stats) -> Mapping[str, float]:
    """How much each term of the query that occurs at all speaks for a candidate.

    Common terms are left out once the rarer ones lead to enough items: they would cost most, and
    tell least. Whoever holds a word holds what it is a kind of, too: each term counts for what it
    adds to the terms of the same unit that are less near.
    """
    told = _rare(query, stats)
    worth = dict.fromkeys(told, 0.0)
    for unit in query.units:
        value, before = unit.weight * idf(unit, stats), 0.0
        for near, term in sorted((unit.terms[term], term) for term in told if term in unit.terms):
            adds = value * (near - before + _ONCE_MORE * near)
            worth[term] = max(worth[term], adds)
            before = near
    return worth


def _rare(query: Analysis, stats: Stats) -> list[str]:
    size = stats.size + _PRIOR
    weights = {
        term: query.terms[term] * math.log(1 + size / df)
        for term in candidate_terms(query, limit=MAX_TERMS)
        if (df := stats.df.get(term, 0))
    }
    found, told = 0, []
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        if found < ENOUGH_ITEMS:
            told.append(term)
            found += stats.df[term]
    return told


def candidate_terms(query: Analysis, limit: int = 16) -> tuple[str, ...]:
    """The terms to ask the database for, most telling first; lone characters if that is all."""
    best: dict[str, float] = {}
    for unit in query.units:
        for term, near in unit.terms.items():
            best[term] = max(best.get(term, 0.0), near * unit.weight * unit.rarity)
    ordered = sorted(best, key=lambda term: (-best[term], term))
    words = [term for term in ordered if len(term) > 1]
    return tuple((words or ordered)[:limit])
