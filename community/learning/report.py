"""How good the matches of a community are, as far as its members say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from community.learning.evidence import gather, shares
from community.learning.lessons import labelled
from community.learning.tuning import in_force
from storage.queries.learning import labels, lessons, tunings
from storage.queries.pool import matches
from storage.tables import Label, Tuning

LISTED = "post"  # the way of a match to a post; to a member it is the field of his profile


@dataclass
class Tally:
    """Good and bad labels."""

    good: int = 0
    bad: int = 0

    @property
    def precision(self) -> float:
        """The share of good ones."""
        return self.good / (self.good + self.bad)


@dataclass(frozen=True)
class WordLine:
    """A word with its labels and how much it counts now."""

    term: str
    tally: Tally
    people: int
    weight: float


@dataclass(frozen=True)
class Report:
    """Everything that was labelled, in several ways of counting; the worst words first."""

    stored: int
    shown: int
    all: Tally
    by_source: Mapping[str, Tally]
    by_way: Mapping[str, Tally]
    by_rules: Mapping[str, Tally]
    words: Sequence[WordLine]
    lesson: int | None
    tuning: Tuning | None  # the weights of the community's own, if it has some
    tried: Tuning | None  # the last try at them, whatever came of it


def report(session: Session, *, community_id: str) -> Report:
    """Count the labels."""
    said = labels.all_of(session, community_id=community_id)
    lesson = lessons.current(session, community_id=community_id)
    stored, shown = matches.counts(session, community_id=community_id)
    return Report(
        stored=stored,
        shown=shown,
        all=_tally([("", one) for one in said]).get("", Tally()),
        by_source=_tally([(one.source, one) for one in said]),
        by_way=_tally([(way(one), one) for one in said]),
        by_rules=_tally([(one.rules, one) for one in said]),
        words=_words(said, {} if lesson is None else lesson.weights),
        lesson=None if lesson is None else lesson.id,
        tuning=in_force(session, community_id=community_id),
        tried=next(reversed(tunings.all_of(session, community_id=community_id)), None),
    )


def way(label: Label) -> str:
    """How the match came about: a listed post, or the field of the weightiest word."""
    if label.target_post_id is not None or not label.parts:
        return LISTED
    best = max(label.parts, key=lambda part: float(part["share"]))
    return str(best["field"]) or LISTED


def _tally(labels: Sequence[tuple[str, Label]]) -> dict[str, Tally]:
    found: defaultdict[str, Tally] = defaultdict(Tally)
    for key, label in labels:
        found[key].good += label.good
        found[key].bad += not label.good
    return dict(sorted(found.items()))


def _words(said: Sequence[Label], weights: Mapping[str, float]) -> list[WordLine]:
    tallies = _tally([(term, one) for one in said for term in shares(one.parts)])
    known = gather([labelled(one) for one in said])
    lines = [
        WordLine(term, tallies[term], len(word.people), weights.get(term, 1.0))
        for term, word in known.items()
    ]
    return sorted(lines, key=lambda line: (-line.tally.bad, line.tally.good, line.term))
