"""Applying what was learned: a match on words that often mislead here gets less of a chance."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from community.learning.match_parts import terms_of
from matching import Analysis, Ranked


def reweighted(
    query: Analysis, ranked: Iterable[Ranked], weights: Mapping[str, float]
) -> list[Ranked]:
    """The ranking with each chance times the mean weight of its words, by their share in it.

    Words without a weight count in full, so an empty map changes nothing.
    """
    terms = terms_of(query)
    if weights.keys().isdisjoint(terms.values()):
        return list(ranked)
    lowered = [
        replace(one, score=round(one.score * _factor(one, terms, weights), 4)) for one in ranked
    ]
    return sorted(lowered, key=lambda one: (-one.score, -one.id))


def _factor(one: Ranked, terms: Mapping[str, str], weights: Mapping[str, float]) -> float:
    total = sum(reason.share for reason in one.reasons)
    if not total:
        return 1.0
    return sum(
        reason.share / total * weights.get(terms.get(reason.word, reason.word), 1.0)
        for reason in one.reasons
    )
