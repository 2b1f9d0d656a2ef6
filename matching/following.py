"""Does a subscribed keyword hit a post? And which words tell most?"""

from collections.abc import Set

from matching.analysis import Analysis
from matching.folding import has_han
from matching.unit import Unit, is_concept

KIND_OF = 0.6  # nearness of a concept to what it is a kind of
CIRCUMSTANCE = 0.2  # weight of what colours a match and never makes one


def follows(keyword: Analysis, post: Analysis) -> bool:
    """Everything in the keyword is in the post: the whole word, the concept or a kind of it."""
    if not keyword.units:
        return False
    said = _said(post)
    return all(_is_said(unit, said) for unit in keyword.units)


def unrelated_terms(text: Analysis, post: Analysis) -> tuple[str, ...]:
    """The matters of trade that a text names, where the post speaks of none of them."""
    said = _said(post)
    named = [unit for unit in text.units if unit.weight >= 1 and any(map(is_concept, unit.terms))]
    if any(_is_said(unit, said) for unit in named):
        return ()
    return tuple(unit.surface for unit in named)


def _is_said(unit: Unit, said: Set[str]) -> bool:
    return any(near >= 1 and term in said for term, near in unit.terms.items())


def _said(post: Analysis) -> set[str]:
    return {term for unit in post.units for term in _says(unit)}


def _says(unit: Unit) -> set[str]:
    """The unit's own words and concepts, and what its concept is a kind of.

    A longer word that only holds a term (保险杠) has no concept of its own and says itself alone.
    """
    known = next(iter(unit.terms)).startswith("C")
    return {
        term
        for term, near in unit.terms.items()
        if near >= 1 or (known and near >= KIND_OF and term.startswith("C"))
    }


def keywords(analysis: Analysis, limit: int = 5) -> tuple[str, ...]:
    """The most telling words of a text, for a receipt; general words only where nothing else is."""
    worth = {id(unit): unit.weight * unit.rarity for unit in analysis.units}
    telling = [unit for unit in analysis.units if _tells(unit)]
    best = sorted(telling or analysis.units, key=lambda unit: -worth[id(unit)])[:limit]
    chosen = {id(unit) for unit in best}
    words = [unit.surface for unit in analysis.units if id(unit) in chosen]
    return tuple(dict.fromkeys(words))


def _tells(unit: Unit) -> bool:
    """Is it a matter of trade, or a name or model, and not just any word?"""
    known = any(term.startswith("C") for term in unit.terms) and unit.weight >= CIRCUMSTANCE
    return known or not has_han(unit.surface)
