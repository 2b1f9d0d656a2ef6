"""Why a candidate fits, in words that people read. No feature is made of it."""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from matching.comparing import Answer, Hit, Query
from matching.embedding.quantised import cosine
from matching.stored import Row, Stored
from matching.unit import Unit
from matching.wording import likeness, nearest_wordings

TOPIC, LETTERS, MEANING = "topic", "letters", "meaning"
_WHOLE = {TOPIC: "都与「{}」有关", LETTERS: "都提到{}", MEANING: "{}"}
FAR = 0.3  # nearness below which two words are no reason to anybody who reads them
SLIGHT = 0.25  # weight up to which a unit without a concept colours a match and makes none
MIN_TOPIC = 0.2  # how much of both texts a topic has to be, to be named before their letters
MIN_SIMILARITY = 0.35  # how alike meanings have to be, to be a reason
SIMILAR = "意思相近"
MAX_NAMED_LETTERS = 2  # letters that are named as a reason

FIELD_NAMES = {
    "company": "公司", "title": "职务", "industry": "行业", "city": "城市", "bio": "简介",
    "skills": "技能", "keywords": "关键词", "group_nickname": "群名片", "posts": "想要",
}  # fmt: skip


class Reason(NamedTuple):
    """One thing that query and candidate have in common."""

    word: str  # in the query, as it says it first
    theirs: str  # in the candidate
    field: str  # of a member's profile, "" for a post; TOPIC … where no word meets
    near: float  # 1 the same, less for a kind of it or a neighbour
    share: float  # how much it counted
    reworded: str = ""  # how the query says it elsewhere, if that is nearer to theirs
    faint: bool = False  # it counted, and yet tells a reader nothing

    @property
    def mine(self) -> str:
        """In the query, as people are told of it."""
        return self.reworded or self.word

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
        if self.theirs == self.mine:
            return f"{self.mine}{where}"
        return f"{self.theirs}{where}≈ {self.mine}" if where else f"{self.theirs} ≈ {self.mine}"


def reasons(query: Query, candidate: Stored, found: Answer) -> tuple[Reason, ...]:
    """The words that met, and what both say as a whole where these tell little."""
    words = _words(query, found)
    if not any(hit.near >= FAR and not _is_slight(hit.unit) for hit in found.hits):
        told = "".join(one.word for one in words if not one.faint)
        words += whole_text_reasons(query, candidate, told)
    return words


def _words(query: Query, found: Answer) -> tuple[Reason, ...]:
    """What was found, the weightiest first, each word once."""
    best: dict[str, Reason] = {}
    for hit in sorted(found.hits, key=lambda hit: -hit.value * hit.near):
        if hit.unit.surface not in best:
            best[hit.unit.surface] = _reason(query, found, hit)
    return tuple(best.values())


def _reason(query: Query, found: Answer, hit: Hit) -> Reason:
    word, near = hit.unit.surface, round(hit.near, 3)
    rows = [hit.theirs, *_as_near(query, found, hit)]
    named = [(nearest_wordings(hit.unit, row), row.field) for row in rows]
    (mine, theirs), where = max(named, key=lambda one: likeness(*one[0]))
    return Reason(
        word,
        theirs,
        where,
        near,
        share=round(hit.value * hit.near / query.total, 3),
        reworded="" if mine == word else mine,
        faint=near < FAR or (len(word) == 1 and _is_slight(hit.unit)),
    )


def _as_near(query: Query, found: Answer, hit: Hit) -> list[Row]:
    """Where else a member says it, on the same side."""
    units = query.analysis.units
    return [
        row
        for at, near, row in found.term_matches
        if units[at] is hit.unit and near >= hit.near and row.wants == hit.theirs.wants
    ]


def _is_slight(unit: Unit) -> bool:
    """A place, or a character that names no thing: 签, and not 猫."""
    return len(unit.terms) == 1 and unit.weight <= SLIGHT


def whole_text_reasons(query: Query, candidate: Stored, told: str = "") -> tuple[Reason, ...]:
    """Why two texts go together whose words tell little: the topic, or else the rarest letters that
    are not told already, or that they mean much the same.
    """
    mine, theirs = query.analysis.topics, candidate.topics
    common = {name: share * theirs[name] for name, share in mine.items() if name in theirs}
    best = max(common, key=lambda name: (common[name], name), default="")
    topic = (Reason(best, best, TOPIC, round(common[best], 3), 0.0),) if best else ()
    if topic and common[best] >= MIN_TOPIC:
        return topic
    told += "".join(query.analysis.cities)  # to be in the same city is no reason
    met = [char for char in query.letters if char in candidate.letters and char not in told]
    if (
        len(met) < MAX_NAMED_LETTERS
        and (near := cosine(query.meaning, candidate.meaning)) >= MIN_SIMILARITY
    ):
        return (Reason(SIMILAR, SIMILAR, MEANING, round(near, 3), 0.0),)
    if not met or (topic and len(met) < MAX_NAMED_LETTERS):
        return topic
    met.sort(key=lambda char: (-query.letters[char], char))
    said = "".join(f"「{said}」" for said in _joined(query, candidate, met[:MAX_NAMED_LETTERS]))
    return (Reason(said, said, LETTERS, 0.0, 0.0),)


def _joined(query: Query, candidate: Stored, letters: Sequence[str]) -> Sequence[str]:
    """Two letters that stand side by side in a word of both are told as they stand: 实习."""
    mine = "".join(unit.surface for unit in query.analysis.units)
    for word in map("".join, permutations(letters)):
        if word in mine and word in candidate.characters:
            return (word,)
    return letters
