"""One thing that a text speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

_CONCEPT = "C"
MOST_RARE = 9.5  # no trade word is rarer, and no unit counts for more


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a text speaks of, and the index terms by which it can be found."""

    surface: str  # as the author wrote it, folded
    rarity: float  # idf in general Chinese
    weight: float  # how much it says about the matter: trade words 1, circumstances less
    terms: Mapping[str, float]  # index term -> nearness; the first is the unit itself
    field: str = ""  # of a member: company, title, industry, bio, skills, keywords, posts
    wants: bool = False  # the author looks for it, as against has it
    head: bool = False  # what the text is about, not a circumstance


def term_of(head: str) -> str:
    """A concept as an index term; the capital C keeps it apart from words, which are folded."""
    return _CONCEPT + "".join(char for char in head if char.isalnum())


def is_concept(term: str) -> bool:
    """Whether an index term stands for a concept."""
    return term.startswith(_CONCEPT)
