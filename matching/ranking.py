"""Score candidates against a query, and say why."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple

from matching.analysis import Analysis
from matching.comparing import Answer, Hit, Query, Stats, answer
from matching.embedding.quantised import cosine
from matching.features import EXACT, MEMBER, POST, features, in_other_city, relative_features
from matching.fitted import FITTED
from matching.model import Model, Weights
from matching.money import over_budget
from matching.stored import Stored

NEGLIGIBLE_CHANCE = 0.01  # a chance that is none where not even a word meets
UNWANTED_FACTOR = 0.25  # what is left of the chance of somebody whom the text asks to stay away
RIVAL_FACTOR = 0.4  # what is left of the chance of somebody who only has what is offered

TOPIC, LETTERS, MEANING = "topic", "letters", "meaning"
_WHOLE = {TOPIC: "都与{}有关", LETTERS: "都提到{}", MEANING: "{}"}
MIN_SIMILARITY = 0.35  # how alike meanings have to be, to be a reason
SIMILAR = "意思相近"
MAX_NAMED_LETTERS = 2  # letters that are named as a reason

FIELD_NAMES = {
    "company": "公司", "title": "职务", "industry": "行业", "city": "城市", "bio": "简介",
    "skills": "技能", "keywords": "关键词", "group_nickname": "群名片", "posts": "发布",
}  # fmt: skip


class Candidate(NamedTuple):
    """A post or member that the database found."""

    id: int
    stored: Stored
    owner: int = 0  # the member who wrote it, or who it is


class Reason(NamedTuple):
    """One thing that query and candidate have in common."""

    word: str  # in the query
    theirs: str  # in the candidate
    field: str  # of a member's profile, "" for a post; TOPIC … where no word meets
    near: float  # 1 the same, less for a kind of it or a neighbour
    share: float  # how much it counted

    @property
    def is_whole(self) -> bool:
        """No word of the one meets a word of the other, but both are about the same."""
        return self.field in _WHOLE

    @property
    def text(self) -> str:
        """For people: 跨境电商, or 代理记账（技能）≈ 报税."""
        if self.is_whole:
            return _WHOLE[self.field].format(self.word)
        where = f"（{FIELD_NAMES[self.field]}）" if self.field else ""
        if self.theirs == self.word:
            return f"{self.word}{where}"
        return f"{self.theirs}{where}≈ {self.word}" if where else f"{self.theirs} ≈ {self.word}"


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
        why = partial(_why, weighed, stored, found)
        ranked.append(Ranked(id_, owner, score, against, values, why))
    ranked.sort(key=lambda r: (-r.score, -r.id))
    return ranked


def _why(query: Query, candidate: Stored, found: Answer) -> tuple[Reason, ...]:
    words = reasons(query, found.hits)
    if query.analysis.cities.issuperset(one.word for one in words):  # where it is tells little
        words += whole_text_reasons(query, candidate)
    return words


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


def reasons(query: Query, found: Sequence[Hit]) -> tuple[Reason, ...]:
    """What was found, the weightiest first, each word once."""
    best: dict[str, Reason] = {}
    if len(found) > 1:
        found = sorted(found, key=lambda hit: -hit.value * hit.near)
    for unit, theirs, near, value in found:
        if unit.surface not in best:
            share = round(value * near / query.total, 3)
            best[unit.surface] = Reason(
                unit.surface, theirs.surface, theirs.field, round(near, 3), share
            )
    return tuple(best.values())


def whole_text_reasons(query: Query, candidate: Stored) -> tuple[Reason, ...]:
    """Why two texts go together of which no word meets, or only where it is: the topic, or else the
    rarest letters, or that they mean much the same.
    """
    mine, theirs = query.analysis.topics, candidate.topics
    common = {name: share * theirs[name] for name, share in mine.items() if name in theirs}
    if common:
        best = max(common, key=lambda name: (common[name], name))
        return (Reason(best, best, TOPIC, round(common[best], 3), 0.0),)
    where = "".join(query.analysis.cities)  # to be in the same city is no reason
    met = [char for char in query.letters if char in candidate.letters and char not in where]
    if (
        len(met) < MAX_NAMED_LETTERS
        and (near := cosine(query.meaning, candidate.meaning)) >= MIN_SIMILARITY
    ):
        return (Reason(SIMILAR, SIMILAR, MEANING, round(near, 3), 0.0),)
    if not met:
        return ()
    met.sort(key=lambda char: (-query.letters[char], char))
    said = "、".join(f"「{char}」" for char in met[:MAX_NAMED_LETTERS])
    return (Reason(said, said, LETTERS, 0.0, 0.0),)


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
