"""Bring texts that mean the same to the same characters."""

import re
import unicodedata
from functools import cache

import opencc

# Soft hyphen, zero-width characters, direction marks, variation selectors, byte-order mark.
_INVISIBLE_RANGES = (
    (0xAD, 0xAD),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
_INVISIBLE = {code: None for low, high in _INVISIBLE_RANGES for code in range(low, high + 1)}
_ACCENTED = re.compile("[ß-ɏ]")
_LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
_SPACES = re.compile(r"[^\S\n]+")
_NOT_WORD = re.compile(r"[\W_]+")
# What stands in brackets stays whole: 做海报（急！）
_CLAUSE_END = re.compile(r"\n|(?:[，,。；;！!？?…]|\s[-—]+\s)(?![^（(【\[\n]{0,20}[)）】\]])")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """NFKC, lower case, simplified, no accents, no invisible characters, single blanks; lines are
    kept.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).lower()
    plain = _ACCENTED.sub(_without_accent, plain)
    simple: str = _simplifier().convert(plain)
    return _SPACES.sub(" ", simple).strip()


def _without_accent(letter: re.Match[str]) -> str:
    found = letter[0]
    return _LETTERS.get(found) or unicodedata.normalize("NFD", found)[0]


def fingerprint(text: str) -> str:
    """What two copies of a post have in common: letters, digits and characters alone."""
    return _NOT_WORD.sub("", fold(text))


def title(text: str, limit: int = 24) -> str:
    """The first clause of a text, short enough for a list."""
    clean = _SPACES.sub(" ", text.translate(_INVISIBLE)).strip()
    clauses = [part.strip() for part in _CLAUSE_END.split(clean) if part.strip()]
    if not clauses:
        return clean[:limit]
    short = clauses[0]
    if len(short) < 5 and len(clauses) > 1 and len(short) + len(clauses[1]) < limit:
        short = f"{short}，{clauses[1]}"
    return short if len(short) <= limit else short[: limit - 1].rstrip() + "…"


def is_han(char: str) -> bool:
    """Whether it is a Chinese character."""
    return "㐀" <= char <= "鿿"


def has_han(text: str) -> bool:
    """Whether a Chinese character is in it."""
    return any(map(is_han, text))
