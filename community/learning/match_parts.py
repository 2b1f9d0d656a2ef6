"""What a match is made of, as data that outlives the texts: one part for each reason."""

from collections.abc import Sequence
from typing import Any, TypedDict

from matching import Analysis, Reason


class Part(TypedDict):
    """One reason, with the index term that stands for the word and all its synonyms."""

    term: str  # C代理记账 for a concept of the lexicon, else the word itself
    word: str
    theirs: str
    field: str  # of a member's profile, "" for a post
    near: float
    share: float


def parts_of(query: Analysis, reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """The reasons as JSON."""
    terms = terms_of(query)
    return [
        dict(
            Part(
                term=terms.get(one.word, one.word),
                word=one.word,
                theirs=one.theirs,
                field=one.field,
                near=one.near,
                share=one.share,
            )
        )
        for one in reasons
    ]


def terms_of(query: Analysis) -> dict[str, str]:
    """Each word of a text with the term that stands for it."""
    return {unit.surface: next(iter(unit.terms)) for unit in reversed(query.units) if unit.terms}
