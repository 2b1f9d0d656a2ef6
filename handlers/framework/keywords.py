"""Reading and showing keywords."""

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r"[、，,；;\n]+")
_BLANKS = re.compile(r"\s+")
_EDGES = " 「」“”\"'。！!"


def split(text: str) -> list[str]:
    """Keywords stand apart by 、 or , or lines; blanks within one mean that all words count."""
    parts = (_BLANKS.sub(" ", part).strip(_EDGES).lstrip("#＃") for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in parts if part))


def quoted(words: Iterable[str], longest: int = 30) -> str:
    """「跨境电商」「Java 后端」"""
    return "".join(f"「{w if len(w) <= longest else w[: longest - 1] + '…'}」" for w in words)
