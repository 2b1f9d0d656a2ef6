"""The measures of match quality.

posts: what is shown, three at most. mentions: who is called, three at most; right when the member
is judged relevant or wrote a post that is. Precision and recall are over all queries.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

SHOWN = 3
DRAWS = 500
_OUTSIDE = DRAWS // 40  # on either side of 95 %

Intervals = Mapping[str, tuple[float, float]]
"""By the name of the measure."""


@dataclass(frozen=True)
class Measures:
    """One side of the task, posts or mentions."""

    p_at_1: float
    precision: float
    recall: float
    f05: float
    f1: float
    quiet_when_empty: float

    def as_dict(self) -> dict[str, float]:
        """By name."""
        return asdict(self)


@dataclass(frozen=True)
class Judged:
    """What one query was answered with, and what would have been right."""

    answer: Sequence[str]
    relevant: frozenset[str]


def measure(judged: Iterable[Judged]) -> Measures:
    """Add up the answers to all queries."""
    queries = [Judged(j.answer[:SHOWN], j.relevant) for j in judged]
    answerable = [q for q in queries if q.relevant]
    empty = [q for q in queries if not q.relevant]
    right = sum(len(q.relevant.intersection(q.answer)) for q in queries)
    given = sum(len(q.answer) for q in queries)
    wanted = sum(min(len(q.relevant), SHOWN) for q in answerable)
    first = sum(1 for q in answerable if q.answer and q.answer[0] in q.relevant)
    precision = right / given if given else 0.0
    recall = right / wanted if wanted else 0.0
    return Measures(
        p_at_1=first / len(answerable) if answerable else 0.0,
        precision=precision,
        recall=recall,
        f05=f_measure(precision, recall, beta=0.5),
        f1=f_measure(precision, recall, beta=1.0),
        quiet_when_empty=sum(1 for q in empty if not q.answer) / len(empty) if empty else 1.0,
    )


def f_measure(precision: float, recall: float, *, beta: float) -> float:
    """The weighted harmonic mean; beta below 1 counts precision more."""
    if precision + recall == 0:
        return 0.0
    square = beta * beta
    return (1 + square) * precision * recall / (square * precision + recall)


def mean(measures: Sequence[Measures]) -> Measures:
    """The plain mean over communities."""
    names = [field.name for field in fields(Measures)]
    return Measures(**{n: sum(getattr(m, n) for m in measures) / len(measures) for n in names})


def intervals(groups: Sequence[Sequence[Judged]]) -> list[Intervals]:
    """Within which each measure lies for 95 of 100 draws of as many queries, with repetition: for
    each of the groups, and for their mean, which comes last.
    """
    dice = random.Random(1)
    drawn = []
    for _ in range(DRAWS):
        each = [measure(dice.choices(group, k=len(group))) for group in groups]
        drawn.append([*each, mean(each)])
    return [_middle([draw[at] for draw in drawn]) for at in range(len(groups) + 1)]


def _middle(drawn: Sequence[Measures]) -> Intervals:
    found = {}
    for field in fields(Measures):
        values = sorted(getattr(one, field.name) for one in drawn)
        found[field.name] = values[_OUTSIDE], values[-_OUTSIDE - 1]
    return found


def relevant_posts(judgments: Mapping[str, int]) -> frozenset[str]:
    """Of the judgments of one query (target: grade), the posts worth showing."""
    return frozenset(t for t, grade in judgments.items() if grade > 0 and t.startswith("p"))


def relevant_members(judgments: Mapping[str, int], author: Mapping[str, str]) -> frozenset[str]:
    """The members worth a mention: judged so, or the author of a relevant post."""
    members = {t for t, grade in judgments.items() if grade > 0 and t.startswith("m")}
    return frozenset(members | {author[post] for post in relevant_posts(judgments)})
