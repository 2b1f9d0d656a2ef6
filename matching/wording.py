"""How two texts say the same: each may do so in several words, of which one pair tells most."""

from collections.abc import Sequence
from itertools import product

from matching.stored import Row
from matching.unit import Unit, is_concept, term_of


def nearest_wordings(mine: Unit, theirs: Row) -> tuple[str, str]:
    """The same word in both, or else one that holds the other, or else what each says first.

    What a text says in several words is one unit, which bears the first of them: 写字楼, said after
    公司要搬, is still what both speak of.
    """
    pairs = product(
        _said(mine.surface, tuple(mine.terms.items())), _said(theirs.surface, theirs.terms)
    )
    return max(pairs, key=lambda pair: likeness(*pair))


def _said(first: str, terms: Sequence[tuple[str, float]]) -> list[str]:
    """All words of the text itself, its concept's own name before the others."""
    others = [term for term, near in terms if near >= 1 and not is_concept(term)]
    words = dict.fromkeys([first, *others])
    concept = terms[0][0]
    return sorted(words, key=lambda word: term_of(word) != concept)


def likeness(one: str, other: str) -> float:
    """The share of the longer word that the shorter one makes, if it is a part of it."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) / len(longer) if shorter in longer else 0.0
