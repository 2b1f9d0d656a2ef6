"""What an import says: what is wrong, what would change, what was done."""

import sys
from collections import Counter
from collections.abc import Iterable

from community.roster import Change, Plan, Problem, Reading
from community.roster.columns import LABELS
from community.roster.entries import Value

_EMPTY = "（空）"
_LONGEST = 40  # characters of a value that are shown


def remarks(reading: Reading) -> None:
    """What the importer should know even if all goes well."""
    notes = list(reading.notes)
    if reading.unknown:
        notes.append(f"不认识这些列，没有读：{'、'.join(reading.unknown)}")
    for note in notes:
        print(note, file=sys.stderr)


def problems(found: Iterable[Problem]) -> None:
    """All that is wrong, in the order of the file."""
    lines = sorted(set(found), key=lambda problem: (problem.line, problem.text))
    for problem in lines:
        print(f"第 {problem.line} 行：{problem.text}", file=sys.stderr)
    print(f"有 {len(lines)} 处问题，什么也没有导入。", file=sys.stderr)


def preview(plan: Plan) -> None:
    """Each row with what it would change."""
    for change in plan.changes:
        for line in _lines(change):
            print(line)
    print(f"试运行：{_counts(plan)}。什么也没有改动。")
    _tell_kept(plan)


def summary(plan: Plan) -> None:
    """What was done."""
    print(f"导入完成：{_counts(plan)}。")
    _tell_kept(plan)


def _counts(plan: Plan) -> str:
    words = {"new": "新增", "update": "更新", "same": "不变"}
    return "，".join(f"{word} {len(plan.of_kind(kind))} 位" for kind, word in words.items())


def _tell_kept(plan: Plan) -> None:
    """Of how many members the roster says something else than they themselves, and in what."""
    kept = [change.kept for change in plan.changes if change.kept]
    if not kept:
        return
    counts = Counter(name for fields in kept for name in fields)
    fields = "、".join(f"{LABELS[name]} {counts[name]} 位" for name in LABELS if counts[name])
    print(
        f"有 {len(kept)} 位成员自己填过的内容和名册不一样，保留本人的：{fields}。"
        "要改成名册上的，加 --overwrite 再导入。"
    )


def _lines(change: Change) -> Iterable[str]:
    entry = change.entry
    at = f"第 {entry.line} 行"
    if change.kind == "new":
        accounts = f"（{'、'.join(entry.accounts)}）" if entry.accounts else ""
        yield f"{at} 新增 {entry.shown}{accounts}"
        for name, (_, value) in change.fields.items():
            yield f"    {LABELS[name]}：{_shown(value)}"
        return
    word = "更新" if change.kind == "update" else "不变"
    yield f"{at} {word} {entry.shown}（成员 {change.member_id}）"
    for name, (before, after) in change.fields.items():
        yield f"    {LABELS[name]}：{_shown(before)} → {_shown(after)}"
    for name, (own, said) in change.kept.items():
        yield f"    {LABELS[name]}：{_shown(own)}（本人填的，不改成 {_shown(said)}）"
    for account in change.accounts:
        yield f"    账号：+ {account}"


def _shown(value: Value) -> str:
    text = value if isinstance(value, str) else "、".join(value)
    text = text.replace("\n", " ")
    return (text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…") or _EMPTY
