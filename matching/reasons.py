"""Why a candidate fits, in words that people read. No feature is made of it."""

from collections.abc import Sequence
from typing import NamedTuple

from matching.comparing import Hit, Query
from matching.embedding.quantised import cosine
from matching.stored import Stored
from matching.wording import nearest_wordings

TOPIC, LETTERS, MEANING = "topic", "letters", "meaning"
_WHOLE = {TOPIC: "都与{}有关", LETTERS: "都提到{}", MEANING: "{}"}
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


def reasons(query: Query, candidate: Stored, hits: Sequence[Hit]) -> tuple[Reason, ...]:
    """The words that met, and what both say as a whole where that is only where it is."""
    words = _words(query, hits)
    if query.analysis.cities.issuperset(one.word for one in words):  # where it is tells little
        words += whole_text_reasons(query, candidate)
    return words


def _words(query: Query, found: Sequence[Hit]) -> tuple[Reason, ...]:
    """What was found, the weightiest first, each word once."""
    best: dict[str, Reason] = {}
    if len(found) > 1:
        found = sorted(found, key=lambda hit: -hit.value * hit.near)
    for unit, theirs, near, value in found:
        if (word := unit.surface) not in best:
            share = round(value * near / query.total, 3)
            mine, said = nearest_wordings(unit, theirs)
            reworded = "" if mine == word else mine
            best[word] = Reason(word, said, theirs.field, round(near, 3), share, reworded)
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
