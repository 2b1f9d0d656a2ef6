"""Reading what people answer to an introduction: 愿意 I3 微信 abc123, 没成. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

Word = Literal["yes", "no", "succeeded", "failed", "ongoing"]

_WORDS: dict[Word, str] = {
    "yes": "愿意",
    "no": "不愿意|婉拒",
    "succeeded": "(?:谈|办|已经)?成了|成功了?",
    "failed": "没(?:谈|办)?成功?|不成|失败了?",
    "ongoing": "还在谈|在谈|还没定",
}
_OUTCOMES: dict[Word, str] = {"succeeded": "成了", "failed": "没成", "ongoing": "还在谈"}
_SAID = re.compile(
    r"(?:好的?[，,。！!\s]*)?(?:我|#?结果|＃结果)?\s*(?:([#＃]?[IiＩｉ]\s*\d{1,9})[\s，,：:]*)?(?:"
    + "|".join(f"(?P<{word}>{forms})" for word, forms in _WORDS.items())
    # A yes may run straight into a contact, not into other words: 愿意试试.
    + r")[的了吧啊呀哦哈呢]*"
    r"(?:(?=[#＃IiＩｉ\W])|$|(?<=愿意)(?=[\da-zA-Z]|微信|电话|手机))\W*?(.*)",
    re.DOTALL,
)
# A longer number without its letter is a telephone, or one of QQ.
_NUMBER = re.compile(
    r"[\s，,：:。、]*(?:[#＃﹟]?\s*[IiＩｉ]\s*(\d{1,9})|[#＃﹟]?(\d{1,4}))(?!\w)[\s，,：:。、]*"
)
_NAMED = re.compile(r"(?:「[^」]*」)?I(\d{1,9})(?!\w)")
_EDGES = " \t\r\n，,：:。.；;！!~～、"
_UNSURE = re.compile(r"[?？]|吗\W*$|^(?:但|不过|先|等|如果|除非|只要|的话|再)")


@dataclass(frozen=True)
class Answer:
    """A word, the number of the introduction if one was said, and what stands behind it."""

    word: Word
    number: int | None
    rest: str

    def command(self, number: int, club: str = "") -> str:
        """The command that says the same of an introduction."""
        where = f"{club} I{number}".strip()
        outcome = _OUTCOMES.get(self.word)
        if outcome:
            return f"#结果 {where} {outcome}"
        return f"#{'愿意' if self.word == 'yes' else '婉拒'} {where}"

    @property
    def is_outcome(self) -> bool:
        """It tells what came of an introduction."""
        return self.word not in ("yes", "no")

    @property
    def is_unsure(self) -> bool:
        """There is a question or a condition in it: nothing may follow that cannot be undone."""
        return _UNSURE.search(self.rest) is not None


def read(text: str) -> Answer | None:
    """The answer that a text is; None: it speaks of something else."""
    said = _SAID.fullmatch(text.strip(_EDGES))
    if said is None:
        return None
    word: Word = next(one for one in _WORDS if said[one])
    before, _ = number_in(said[1] or "")
    behind, rest = number_in(said[said.re.groups])
    number = behind if before is None else before
    return Answer(word, number, (rest if before is None else said[said.re.groups]).strip(_EDGES))


def number_in(text: str) -> tuple[int | None, str]:
    """The introduction's number at the beginning of a text, and the rest."""
    found = _NUMBER.match(text)
    return (int(found[1] or found[2]), text[found.end() :]) if found else (None, text)


def number_of(notice: str) -> int | None:
    """The introduction that a message of the bot begins with."""
    found = _NAMED.match(notice)
    return int(found[1]) if found else None
