"""Score candidates against a query, unit by unit, and say why."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.analysis import Analysis, Unit

PRIOR = 1000.0  # texts of general Chinese that stand behind a small community's own counts
FIELD_NAMES = {
    "company": "公司", "title": "职务", "industry": "行业", "bio": "简介",
    "skills": "技能", "keywords": "关键词", "group_nickname": "群名片", "posts": "发布",
}  # fmt: skip


@dataclass(frozen=True)
class Stats:
    """The searched collection: how many texts, and in how many each term of the query is."""

    size: int
    df: Mapping[str, int]


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
    share: float  # of the whole score
    wants: bool = False

    @property
    def text(self) -> str:
        """For people: 跨境电商, or 代理记账（技能）≈ 报税."""
        where = f"（{FIELD_NAMES[self.field]}）" if self.field else ""
        if self.theirs == self.word:
            return f"{self.word}{where}"
        return f"{self.theirs}{where}≈ {self.word}" if where else f"{self.theirs} ≈ {self.word}"


@dataclass(frozen=True)
class Ranked:
    """A candidate with its score, the share of the query it covers, and what speaks for it."""

    id: int
    score: float
    coverage: float
    reasons: tuple[Reason, ...]
    against: tuple[str, ...] = ()


def idf(unit: Unit, stats: Stats) -> float:
    """Rarity in the community, steadied by rarity in general Chinese."""
    df = max((stats.df.get(term, 0) for term, near in unit.terms.items() if near >= 1), default=0)
    seen = df + PRIOR * math.exp(-unit.rarity)
    size = max(stats.size, df) + PRIOR
    return math.log(1 + (size - seen + 0.5) / (seen + 0.5))


def weights(query: Analysis, stats: Stats) -> list[tuple[Unit, float]]:
    """What each unit of the query is worth."""
    return [(unit, unit.weight * idf(unit, stats)) for unit in query.units]


def _side(query: Analysis, unit: Unit) -> float:
    """How well the side of a member's unit fits: to a need, what he has; to an offer, his wish."""
    if not unit.field:
        return 1.0
    if query.kind == "need":
        return 0.3 if unit.wants else 1.0
    if query.kind == "offer":
        return 1.0 if unit.wants or unit.field == "keywords" else 0.5
    return 1.0


def _match(query: Analysis, unit: Unit, candidate: Analysis) -> tuple[float, Unit | None, float]:
    """The best way in which a candidate answers one unit: strength, its unit, nearness."""
    best: tuple[float, Unit | None, float] = (0.0, None, 0.0)
    for term, near in unit.terms.items():
        for theirs_near, theirs in candidate.postings.get(term, ()):
            nearness = near * theirs_near
            side = _side(query, theirs)
            strength = nearness * side * (theirs.weight if theirs.field else 1.0)
            if strength > best[0]:
                best = (strength, theirs, nearness)
    return best


def conflicts(query: Analysis, candidate: Analysis) -> tuple[str, ...]:
    """What speaks against a candidate."""
    against = []
    if (
        query.cities
        and candidate.cities
        and not query.cities & candidate.cities
        and (query.local or candidate.local)
        and not (query.remote or candidate.remote)
    ):
        against.append("在" + "、".join(sorted(candidate.cities)))
    if query.work and query.work == candidate.work and candidate.kind != "member":
        against.append("同一边")
    return tuple(against)


def rank(query: Analysis, candidates: Iterable[Candidate], stats: Stats) -> list[Ranked]:
    """Best first; equals by id, the newer first."""
    worth = weights(query, stats)
    total = sum(value for _, value in worth) or 1.0
    ranked = []
    for candidate in candidates:
        reasons = []
        score = 0.0
        for unit, value in worth:
            strength, theirs, near = _match(query, unit, candidate.analysis)
            if theirs is None:
                continue
            score += value * strength
            reasons.append(Reason(unit.surface, theirs.surface, theirs.field, round(near, 3),
                                  round(value * strength, 4), theirs.wants))  # fmt: skip
        if score <= 0:
            continue
        reasons.sort(key=lambda reason: -reason.share)
        against = conflicts(query, candidate.analysis)
        score *= 0.3 ** len(against)
        ranked.append(Ranked(candidate.id, round(score, 4), round(score / total, 4),
                             tuple(reasons), against))  # fmt: skip
    ranked.sort(key=lambda found: (-found.score, -found.id))
    return ranked


def probe(query: Analysis, limit: int = 16) -> tuple[str, ...]:
    """The terms to ask the database for, most telling first."""
    best: dict[str, float] = {}
    for unit in query.units:
        for term, near in unit.terms.items():
            best[term] = max(best.get(term, 0.0), near * unit.weight * unit.rarity)
    return tuple(sorted(best, key=lambda term: (-best[term], term))[:limit])
