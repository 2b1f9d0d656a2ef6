"""What stands in a cell, whatever a spreadsheet has made of it."""

import re
import unicodedata
from datetime import datetime

Cell = object  # text, a number, a truth value, a date, or nothing

_EMPTY = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "无",
        "無",
        "暂无",
        "没有",
        "未填",
        "未填写",
        "未提供",
        "n/a",
        "null",
        "none",
    }
)
ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
_SPREAD = re.compile(r"[\u3400-\u9fff](?: [\u3400-\u9fff])+")  # 张　三, as wide as 欧阳修
_FORMULA_TEXT = re.compile(r'="(.*)"')  # how some programs keep a number from being calculated
_BLANKS = re.compile(r"\s+")
_UNSEEN = ("Cc", "Cf", "Cs")  # the last are halves of a character, which nothing can store
_KEPT = "\n\t\u200d"  # the last one joins emoji


def text_of(cell: Cell) -> str:
    """The cell as text in lines; numbers as people write them, nothing for a dash or 无."""
    plain = _plain(cell)
    wrapped = _FORMULA_TEXT.fullmatch(plain)
    if wrapped:
        plain = wrapped[1].strip()
    return "" if plain.casefold() in _EMPTY else plain


def one_line(text: str) -> str:
    """All blanks and line ends as single blanks."""
    return _BLANKS.sub(" ", text).strip()


def name_of(text: str) -> str:
    """A name without the blanks that rosters put between its characters for the looks of it."""
    line = one_line(text)
    return line.replace(" ", "") if _SPREAD.fullmatch(line) else line


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return str(cell).removesuffix(" 00:00:00")
        case str():
            return _visible(cell)
        case _:
            return str(cell)


def _visible(text: str) -> str:
    """Without the unseen characters that come along when a name is copied from a chat."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = "".join(c for c in lines if c in _KEPT or unicodedata.category(c) not in _UNSEEN)
    return "\n".join(line.strip() for line in seen.split("\n") if line.strip())
