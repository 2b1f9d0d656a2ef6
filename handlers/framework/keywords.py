"""Reading and showing keywords."""

import re
from collections.abc import Iterable

# By a sign, or as people part what they want either of: 会计/律师, 会计 和 律师, 1.会计 2.律师.
_BETWEEN = re.compile(
    r"[、，,；;\n]+|(?<=[\u3400-\u9fff])[/／](?=[\u3400-\u9fff])"
    r"|\s(?:和|或|与|跟|及|或者|以及|还有)\s|(?:^|(?<=\s))\d{1,2}[.．、)）](?=\s*[^\W\d])"
)
_BLANKS = re.compile(r"\s+")
_EDGES = " 「」“”\"'。！!"


def split(text: str) -> list[str]:
    """Keywords stand apart by 、 or , or lines; blanks within one mean that all words count."""
    parts = (_BLANKS.sub(" ", part).strip(_EDGES).lstrip("#＃") for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def quoted(words: Iterable[str], longest: int = 30) -> str:
    """「跨境电商」「Java 后端」"""
    return "".join(f"「{w if len(w) <= longest else w[: longest - 1] + '…'}」" for w in words)
