"""Score candidates against a query, and say why."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from matching.analysis import Analysis
from matching.comparing import Answer, Query, Stats, answer
from matching.features import EXACT, MEMBER, POST, features, in_other_city, relative_features
from matching.fitted import FITTED
from matching.model import Model, Weights
from matching.money import over_budget
from matching.reasons import Reason, reasons, whole_text_reasons
from matching.stored import Stored

NEGLIGIBLE_CHANCE = 0.01  # a chance that is none where not even a word meets
UNWANTED_FACTOR = 0.25  # what is left of the chance of somebody whom the text asks to stay away
RIVAL_FACTOR = 0.4  # what is left of the chance of somebody who only has what is offered


class Candidate(NamedTuple):
    """A post or member that the database found."""

    id: int
    stored: Stored
    owner: int = 0  # the member who wrote it, or who it is


@dataclass(frozen=True)
class Ranked:
    """A candidate with the chance that it fits, the share of the query that it covers, and why.

    Only of the few that are shown or kept does anybody ask why.
    """

    id: int
    owner: int  # the member who wrote it, or who it is
    score: float
    against: tuple[str, ...]
    values: tuple[float, ...] = field(repr=False)
    why: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """What it has in common with the query."""
        return self.why()

    @property
    def coverage(self) -> float:
        """The share of the query that it covers."""
        return round(self.values[_COVERED], 4)

    @property
    def features(self) -> dict[str, float]:
        """What was measured, by name."""
        return named(self.values)


def rank(
    query: Analysis, candidates: Iterable[Candidate], stats: Stats, weights: Weights = FITTED
) -> list[Ranked]:
    """All that has anything in common, best first; equals by id, the newer first."""
    weighed = Query.weigh(query, stats)
    post = weights.post.over(POST)
    member = _member_model(query, weights).over(MEMBER)
    ranked = []
    for (id_, stored, owner), found, values in measure(weighed, candidates):
        chance = (member if stored.kind == "member" else post)(values)
        if not found.hits and (
            chance < NEGLIGIBLE_CHANCE or not whole_text_reasons(weighed, stored)
        ):
            continue
        against = conflicts(query, stored)
        score = round(chance * _rival_factor(values) * UNWANTED_FACTOR ** len(against), 4)
        why = partial(reasons, weighed, stored, found)
        ranked.append(Ranked(id_, owner, score, against, values, why))
    ranked.sort(key=lambda r: (-r.score, -r.id))
    return ranked


_COVERED = POST.index("covered")  # the same place as in MEMBER
_HAS, _WANTS, _ASKED = (MEMBER.index(name) for name in ("give_has", "wants", "asked"))


def _rival_factor(values: Sequence[float]) -> float:
    """Whoever has what is offered, and neither wants it nor asked to hear of it, is a rival.

    In the judged data one in five of them was right, too few for the models to learn it from.
    """
    if len(values) != len(MEMBER) or values[_HAS] < EXACT:
        return 1.0
    return RIVAL_FACTOR if max(values[_WANTS], values[_ASKED]) < 0.5 else 1.0


def measure(
    query: Query, candidates: Iterable[Candidate]
) -> list[tuple[Candidate, Answer, tuple[float, ...]]]:
    """The features of every candidate."""
    found = [(c, answer(query, c.stored)) for c in candidates]
    alone = [features(query, c.stored, met) for c, met in found]
    rest = relative_features(query, alone)
    return [
        (c, met, values + more) for (c, met), values, more in zip(found, alone, rest, strict=True)
    ]


def named(values: Sequence[float]) -> dict[str, float]:
    """Features by name."""
    return dict(zip(MEMBER if len(values) == len(MEMBER) else POST, values, strict=True))


def conflicts(query: Analysis, candidate: Stored) -> tuple[str, ...]:
    """What rules a candidate out: the text asks such people to stay away."""
    if query.excluded and (unwanted := _unwanted(query.excluded, candidate)):
        return (f"对方说明不要：{unwanted}",)
    if candidate.excluded and (unwanted := _unwanted(candidate.excluded, query.stored)):
        return (f"说明不要：{unwanted}",)
    return ()


def doubts(
    query: Analysis, candidate: Analysis, *, said: str = "", theirs: str = ""
) -> tuple[str, ...]:
    """What speaks against a candidate that was found all the same, in words.

    ``said`` and ``theirs``: the texts themselves, where both are posts or words to look for.
    """
    found = conflicts(query, candidate.stored)
    if in_other_city(query, candidate):
        found += (
            f"在{'、'.join(sorted(candidate.cities))}，不是{'、'.join(sorted(query.cities))}",
        )
    both = (theirs, said) if query.flow == "give" else (said, theirs)
    if query.flow != candidate.flow and (dear := over_budget(*both)):
        found += (dear,)
    return found


def _unwanted(excluded: Collection[str], other: Stored) -> str:
    """What the other mainly is, if it is excluded."""
    for row in other.rows:
        if row.weight >= 0.5 and row.terms[0][0] in excluded:
            return row.surface
    return ""


def _member_model(query: Analysis, weights: Weights) -> Model:
    return weights.member_for_offer if query.kind == "offer" else weights.member_for_need
