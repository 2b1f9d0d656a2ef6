"""Who on the roster is known already, and what would change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from community.roster.cells import name_of
from community.roster.entries import Entry, Problem, Value
from matching import fold

Pair = tuple[str, str, str]  # a name, and the company or group nickname that goes with it


@dataclass(frozen=True)
class Known:
    """A member as the community has him now."""

    id: int
    accounts: frozenset[str]
    values: Mapping[str, Value]
    own: frozenset[str] = frozenset()  # fields that he set or cleared himself


@dataclass(frozen=True)
class Change:
    """What one row of the roster does."""

    entry: Entry
    member_id: int | None  # None: a new member
    fields: Mapping[str, tuple[Value, Value]]  # before and after, where they differ
    accounts: tuple[str, ...]  # that the member gains
    kept: Mapping[str, tuple[Value, Value]]  # the member's own word, and what the roster says

    @property
    def kind(self) -> Literal["new", "update", "same"]:
        """What becomes of the member."""
        if self.member_id is None:
            return "new"
        return "update" if self.fields or self.accounts else "same"


@dataclass
class Plan:
    """All that an import would do, or why it cannot be done."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Change]:
        """The changes of one kind, in the order of the file."""
        return [change for change in self.changes if change.kind == kind]


def plan(entries: Sequence[Entry], known: Iterable[Known], *, overwrite: bool = False) -> Plan:
    """Members are known by account; without one by name and company, or name and group nickname.

    A name alone says too little: namesakes are different people. What members have set
    themselves stays, unless the roster is to ``overwrite`` it.
    """
    made = Plan(problems=_same_account(entries))
    refused = {problem.line for problem in made.problems}
    finder = _Finder(known, entries)
    lines: dict[int, int] = {}  # member -> the line that spoke of him first
    for entry in entries:
        if entry.line in refused:
            continue
        try:
            found = finder.find(entry)
        except _UnclearError as error:
            made.problems.append(Problem(entry.line, str(error)))
            continue
        if found and found.id in lines:
            text = f"和第 {lines[found.id]} 行是同一位成员（成员 {found.id}），请合并成一行"
            made.problems.append(Problem(entry.line, text))
            continue
        if found:
            lines[found.id] = entry.line
        made.changes.append(_change(entry, found, overwrite=overwrite))
    return made


def _same_account(entries: Iterable[Entry]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for entry in entries:
        for account in entry.accounts:
            if account in first:
                text = f"账号 {account} 已经在第 {first[account]} 行出现过"
                problems.append(Problem(entry.line, text))
            first.setdefault(account, entry.line)
    return problems


def _change(entry: Entry, found: Known | None, *, overwrite: bool) -> Change:
    before = found.values if found else {}
    differing = {
        name: (before.get(name, ""), value)
        for name, value in entry.values.items()
        if before.get(name, "") != value
    }
    own = found.own if found and not overwrite else frozenset()
    fields = {name: pair for name, pair in differing.items() if name not in own}
    kept = {name: pair for name, pair in differing.items() if name in own}
    held = found.accounts if found else frozenset()
    gained = tuple(account for account in entry.accounts if account not in held)
    return Change(entry, found.id if found else None, fields, gained, kept)


class _UnclearError(Exception):
    """It cannot be said who is meant."""


class _Finder:
    """Looks members up."""

    def __init__(self, known: Iterable[Known], entries: Iterable[Entry]) -> None:
        self._by_account: dict[str, Known] = {}
        self._by_pair: dict[Pair, list[Known]] = defaultdict(list)
        self._nameless: dict[Value, list[Known]] = defaultdict(list)
        for member in known:
            self._by_account |= dict.fromkeys(member.accounts, member)
            for pair in _pairs(member.values):
                self._by_pair[pair].append(member)
            if not member.accounts:
                self._nameless[_called(member.values)].append(member)
        self._lines: dict[Pair, list[int]] = defaultdict(list)
        for entry in entries:
            for pair in _pairs(entry.values):
                self._lines[pair].append(entry.line)

    def find(self, entry: Entry) -> Known | None:
        """The member whom the entry means; None: nobody yet."""
        held = {self._by_account[one].id: one for one in entry.accounts if one in self._by_account}
        if len(held) > 1:
            whose = "、".join(f"{account} 是成员 {id_}" for id_, account in sorted(held.items()))
            raise _UnclearError(f"这些账号属于不同的成员：{whose}")
        if held:
            return self._by_account[next(iter(held.values()))]
        return self._by_name(entry) if entry.accounts else self._without_account(entry)

    def _by_name(self, entry: Entry) -> Known | None:
        """A member who came without an account may be given one; others keep to their own."""
        found = [member for member in self._alike(entry) if not member.accounts]
        return found[0] if len(found) == 1 else None

    def _without_account(self, entry: Entry) -> Known | None:
        others = {line for pair in _pairs(entry.values) for line in self._lines[pair]} - {
            entry.line
        }
        if others:
            shown = "、".join(str(line) for line in sorted(others))
            raise _UnclearError(f"和第 {shown} 行同名，公司或群昵称也相同，请写上各自的账号")
        found = self._alike(entry)
        if len(found) > 1:
            shown = "还是".join(f"成员 {member.id} " for member in found).strip()
            raise _UnclearError(f"分不清是{shown}，请写上账号")
        return found[0] if found else self._unchanged(entry)

    def _alike(self, entry: Entry) -> list[Known]:
        found = {one.id: one for pair in _pairs(entry.values) for one in self._by_pair[pair]}
        return [found[id_] for id_ in sorted(found)]

    def _unchanged(self, entry: Entry) -> Known | None:
        """Somebody of whom no more is known than the entry says; importing twice adds nobody."""
        for member in self._nameless[_called(entry.values)]:
            if all(member.values.get(name) == value for name, value in entry.values.items()):
                return member
        return None


def _pairs(values: Mapping[str, Value]) -> list[Pair]:
    """However it is written: full-width, in traditional characters, with blanks in the name."""
    name = values.get("name")
    return [
        (fold(name_of(str(name))), other, fold(str(values[other])))
        for other in ("company", "group_nickname")
        if name and values.get(other)
    ]


def _called(values: Mapping[str, Value]) -> Value:
    return (str(values.get("name", "")), str(values.get("group_nickname", "")))
