"""What the labels of a community say about single words. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Who has enough may have enough of anything, and who looks at a card may only be curious.
HALF = frozenset({"mute", "card"})
_PART = 0.2  # of a match; a word with less of a part in it is neither praised nor blamed


@dataclass(frozen=True)
class Labelled:
    """A label: who gave it, how, and the parts of the match."""

    id: int
    by: int
    source: str
    good: bool
    parts: Sequence[Mapping[str, Any]]


@dataclass
class Word:
    """A word or concept with what was said of the matches that it made."""

    good: float = 0.0  # each match counts once, shared among its words
    bad: float = 0.0
    labels: int = 0
    people: set[int] = field(default_factory=set)


def gather(labels: Iterable[Labelled], void: Collection[tuple[str, int]] = ()) -> dict[str, Word]:
    """The words of the labels, by term.

    ``void`` are terms for which labels up to a number count no more.
    """
    past = dict(sorted(void, key=lambda pair: pair[1]))
    words: defaultdict[str, Word] = defaultdict(Word)
    for label in labels:
        for term, part in shares(label.parts).items():
            if part >= _PART and label.id > past.get(term, 0):
                _count(words[term], label, part)
    return dict(words)


def shares(parts: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """How much of the match each term made; 1 together."""
    total = sum(part["share"] for part in parts)
    made: defaultdict[str, float] = defaultdict(float)
    for part in parts if total else ():
        made[part["term"]] += part["share"] / total
    return dict(made)


def _count(word: Word, label: Labelled, part: float) -> None:
    weight = part / 2 if label.source in HALF else part
    word.good += weight * label.good
    word.bad += weight * (not label.good)
    word.labels += 1
    word.people.add(label.by)
