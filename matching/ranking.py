"""Score candidates against a query, and say why."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.analysis import Analysis
from matching.features import Hit, Query, Stats, elsewhere, hits, member_features, post_features
from matching.fitted import FITTED
from matching.model import Model, Weights

FAIR = 0.25  # the share of a query that a fair answer covers

FIELD_NAMES = {
    "company": "公司", "title": "职务", "industry": "行业", "bio": "简介",
    "skills": "技能", "keywords": "关键词", "group_nickname": "群名片", "posts": "发布",
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A post or member that the database found."""

    id: int
    analysis: Analysis


@dataclass(frozen=True)
class Reason:
    """One thing that query and candidate have in common."""

    word: str  # in the query
    theirs: str  # in the candidate
    field: str  # of a member's profile, "" for a post
    near: float  # 1 the same, less for a kind of it or a neighbour
    share: float  # how much it counted

    @property
    def text(self) -> str:
        """For people: 跨境电商, or 代理记账（技能）≈ 报税."""
        where = f"（{FIELD_NAMES[self.field]}）" if self.field else ""
        if self.theirs == self.word:
            return f"{self.word}{where}"
        return f"{self.theirs}{where}≈ {self.word}" if where else f"{self.theirs} ≈ {self.word}"


@dataclass(frozen=True)
class Ranked:
    """A candidate with the chance that it fits, the share of the query that it covers, and why."""

    id: int
    score: float
    coverage: float
    reasons: tuple[Reason, ...]
    against: tuple[str, ...] = ()


def rank(
    query: Analysis, candidates: Iterable[Candidate], stats: Stats, weights: Weights = FITTED
) -> list[Ranked]:
    """Best first; equals by id, the newer first."""
    weighed = Query.weigh(query, stats)
    ranked = []
    for candidate, hit, values in measure(weighed, candidates):
        model = _model(query, candidate.analysis, weights)
        against = conflicts(query, candidate.analysis)
        score = model.chance(values) * 0.25 ** len(against)
        ranked.append(
            Ranked(
                candidate.id,
                round(score, 4),
                round(values["covered"], 4),
                reasons(weighed, hit),
                against,
            )
        )
    ranked.sort(key=lambda r: (-r.score, -r.id))
    return ranked


def measure(
    query: Query, candidates: Iterable[Candidate]
) -> list[tuple[Candidate, list[Hit], dict[str, float]]]:
    """The features of every candidate that has anything in common with the query."""
    found = [(c, hit) for c in candidates if (hit := hits(query, c.analysis))]
    features = [_features(query, c.analysis, hit) for c, hit in found]
    top = max((math.expm1(f["score"] * 3) for f in features), default=0.0)
    top = max(top, query.total * FAIR)  # the best of a bad lot is not good
    for values in features:
        values["relative"] = math.expm1(values["score"] * 3) / top
    return [(c, hit, values) for (c, hit), values in zip(found, features, strict=True)]


def reasons(query: Query, found: Sequence[Hit]) -> tuple[Reason, ...]:
    """What was found, the weightiest first, each word once."""
    best: dict[str, Reason] = {}
    for hit in sorted(found, key=lambda h: -h.value * h.near):
        share = round(hit.value * hit.near / query.total, 3)
        best.setdefault(
            hit.unit.surface,
            Reason(
                hit.unit.surface, hit.theirs.surface, hit.theirs.field, round(hit.near, 3), share
            ),
        )
    return tuple(best.values())


def conflicts(query: Analysis, candidate: Analysis) -> tuple[str, ...]:
    """What rules a candidate out: the text asks such people to stay away."""
    against = []
    if unwanted := _unwanted(query, candidate):
        against.append(f"对方说明不要：{unwanted}")
    elif unwanted := _unwanted(candidate, query):
        against.append(f"说明不要：{unwanted}")
    return tuple(against)


def doubts(query: Analysis, candidate: Analysis) -> tuple[str, ...]:
    """What speaks against a candidate that was found all the same, in words."""
    found = conflicts(query, candidate)
    if elsewhere(query, candidate):
        found += (
            f"在{'、'.join(sorted(candidate.cities))}，不是{'、'.join(sorted(query.cities))}",
        )
    return found


def _unwanted(speaker: Analysis, other: Analysis) -> str:
    """What the other mainly is, if the speaker excludes it."""
    for unit in other.units:
        if next(iter(unit.terms)) in speaker.excluded and unit.weight >= 0.5:
            return unit.surface
    return ""


def _features(query: Query, candidate: Analysis, found: Sequence[Hit]) -> dict[str, float]:
    if candidate.kind == "member":
        return member_features(query, candidate, found)
    return post_features(query, candidate, found)


def _model(query: Analysis, candidate: Analysis, weights: Weights) -> Model:
    if candidate.kind != "member":
        return weights.post
    return weights.member_for_offer if query.kind == "offer" else weights.member_for_need


def probe(query: Analysis, limit: int = 16) -> tuple[str, ...]:
    """The terms to ask the database for, most telling first; lone characters if that is all."""
    best: dict[str, float] = {}
    for unit in query.units:
        for term, near in unit.terms.items():
            best[term] = max(best.get(term, 0.0), near * unit.weight * unit.rarity)
    ordered = sorted(best, key=lambda term: (-best[term], term))
    words = [term for term in ordered if len(term) > 1]
    return tuple((words or ordered)[:limit])
