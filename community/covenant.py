"""A community's covenant: its text, the version that members accept, its clauses."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
NUMBER = r"\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九两]"
_CLAUSE = re.compile(
    rf"^\s*(?:第\s*({NUMBER})\s*条|(\d{{1,2}}|[一二三四五六七八九十]+)\s*[.、．)）])[\s：:、，,]*(.*)$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Covenant:
    """The text as the configuration has it; empty: the community has none."""

    text: str = ""

    @cached_property
    def version(self) -> str:
        """Another one as soon as a word changes; blanks at the edges do not count."""
        lines = [line.strip() for line in self.text.strip().splitlines()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8] if lines else ""

    @cached_property
    def clauses(self) -> Mapping[int, str]:
        """The clauses by number: lines that begin with 第三条 or 3."""
        found: dict[int, str] = {}
        for clause in _CLAUSE.finditer(self.text):
            number = numeral(clause[1] or clause[2])
            if number:
                found.setdefault(number, clause[3].strip())
        return found

    def named(self, number: int) -> str:
        """第3条「不发广告」, as far as the clause is known."""
        words = self.clauses.get(number, "")
        return f"第 {number} 条「{words}」" if words else f"第 {number} 条"


def numeral(text: str) -> int:
    """3, 三, 十二 as a number; 0 for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
