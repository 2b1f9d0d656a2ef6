"""One row of a roster, understood."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from community.roster.accounts import addresses
from community.roster.cells import ERRORS, Cell, name_of, one_line, text_of
from community.roster.columns import ACCOUNT, LABELS, LISTS, Column

Value = str | tuple[str, ...]

_LONGEST: Mapping[str, int] = MappingProxyType(
    {"company": 100, "industry": 100, "bio": 2000, "skills": 64, "keywords": 64}
)
_CLEANED: Mapping[str, Callable[[str], str]] = MappingProxyType({"bio": str, "name": name_of})
_USUAL = 64  # characters
_MOST = 50  # entries of a list
_BETWEEN = re.compile(r"[、，,;；/|｜\s]+")


@dataclass(frozen=True)
class Problem:
    """What is wrong, and on which line of the file."""

    line: int
    text: str


@dataclass(frozen=True)
class Entry:
    """What a row says about one member; fields that it leaves empty are missing."""

    line: int
    accounts: tuple[str, ...]
    values: Mapping[str, Value]

    @property
    def shown(self) -> str:
        """How to speak of the member."""
        name = self.values.get("name") or self.values.get("group_nickname")
        return str(name or self.accounts[0])


@dataclass
class Reading:
    """All that a file says, and all that is wrong with it."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # headers that nobody knows
    notes: list[str] = field(default_factory=list)  # what else the importer should know

    def take(self, line: int, cells: Iterable[tuple[Column, Cell]]) -> None:
        """Understand one more row; an empty one is passed over."""
        row = _Row(line)
        for column, cell in cells:
            row.read(column, cell)
        self.problems += row.problems
        if row.problems or row.is_empty:
            return
        if not (row.accounts or row.values.keys() & {"name", "group_nickname"}):
            self.problems.append(Problem(line, "既没有账号，也没有姓名或群昵称"))
            return
        self.entries.append(Entry(line, tuple(dict.fromkeys(row.accounts)), row.values))


@dataclass
class _Row:
    line: int
    accounts: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.accounts and not self.values

    def read(self, column: Column, cell: Cell) -> None:
        """Add what one cell says. JSON may hold lists, tables hold them as one text."""
        parts = cell if isinstance(cell, list) else [cell]
        if any(isinstance(part, list | dict) for part in parts):
            self._complain(column.field, "应为文字")
            return
        texts = [text for part in parts if (text := text_of(part))]
        if ERRORS.intersection(texts):
            self._complain(column.field, "是公式的错误值，请改正公式或直接填写")
            return
        if column.field == ACCOUNT:
            found, wrong = addresses(" ".join(texts), column.channel)
            self.accounts += found
            self.problems += [Problem(self.line, text) for text in wrong]
        elif texts:
            self._keep(column.field, "\n".join(texts))

    def _keep(self, name: str, text: str) -> None:
        longest = _LONGEST.get(name, _USUAL)
        entries = _entries(text) if name in LISTS else ()
        value = entries or _CLEANED.get(name, one_line)(text)
        for one in entries or (str(value),):
            if len(one) > longest:
                self._complain(
                    name, f"「{one[:10]}…」最多 {longest} 字，超出 {len(one) - longest} 字"
                )
        if len(entries) > _MOST:
            self._complain(name, f"最多 {_MOST} 个，超出 {len(entries) - _MOST} 个")
        self.values[name] = value

    def _complain(self, name: str, text: str) -> None:
        self.problems.append(Problem(self.line, f"{LABELS[name]}{text}"))


def _entries(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))
