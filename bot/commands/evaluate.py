"""laoyou eval: the measures of match quality on a folder of judged posts."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.commands.explain import explain_query
from bot.errors import WrongUseError
from matching.analyser import Analyser
from matching.evaluation import Community, Trial
from matching.metrics import Measures, mean

_FIELDS = {
    "posts": ("id", "kind", "author", "text"),
    "members": (
        "id", "group_nickname", "company", "title", "city", "industry", "bio", "keywords",
    ),
    "judgments": ("query", "target", "grade"),
}  # fmt: skip
COLUMNS = {
    "p_at_1": "P@1",
    "precision": "精确率",
    "recall": "召回率",
    "f05": "F0.5",
    "f1": "F1",
    "quiet_when_empty": "该静则静",
}


def evaluate(folder: Path, *, as_json: bool, explain: str | None) -> int:
    """Measure one community or each in a folder; 0 done. Raises WrongUseError."""
    communities = load(folder)
    if explain is not None and not any(explain in _post_ids(c) for c in communities):
        raise WrongUseError(f"{folder} 里没有编号为 {explain} 的帖子")
    analyser = Analyser()
    trials = [Trial.prepare(community, analyser) for community in communities]
    if explain is not None:
        for trial in trials:
            if explain in trial.posts:
                explain_query(trial, explain)
        return 0
    _report(trials, as_json=as_json)
    return 0


def load(folder: Path) -> list[Community]:
    """The community in the folder, or those in its sub-folders."""
    if not folder.is_dir():
        raise WrongUseError(f"找不到文件夹 {folder}")
    if (folder / "posts.jsonl").exists():
        return [_community(folder)]
    found = [_community(sub) for sub in sorted(folder.iterdir()) if (sub / "posts.jsonl").exists()]
    if not found:
        raise WrongUseError(
            f"{folder} 里没有评测数据（需要 members、posts、judgments 三个 .jsonl）"
        )
    return found


def _community(folder: Path) -> Community:
    posts, members, rows = (_rows(folder, name) for name in ("posts", "members", "judgments"))
    judgments: dict[str, dict[str, int]] = {}
    for row in rows:
        judgments.setdefault(row["query"], {})[row["target"]] = row["grade"]
    known = {row["id"] for row in posts}
    missing = next((query for query in judgments if query not in known), None)
    if missing is not None:
        raise WrongUseError(f"{folder / 'judgments.jsonl'} 里的 {missing} 不在 posts.jsonl 里")
    return Community(folder.name, members, posts, judgments)


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    file = folder / f"{name}.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise WrongUseError(f"读不了 {file}") from None
    return [
        _row(line, f"{file} 第 {at} 行", _FIELDS[name])
        for at, line in enumerate(lines, 1)
        if line.strip()
    ]


def _row(line: str, where: str, fields: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        raise WrongUseError(f"{where}不是 JSON") from None
    if not isinstance(row, dict):
        raise WrongUseError(f"{where}不是一个 JSON 对象")
    missing = [field for field in fields if field not in row]
    if missing:
        raise WrongUseError(f"{where}缺少字段 {'、'.join(missing)}")
    return row


def _post_ids(community: Community) -> set[str]:
    return {post["id"] for post in community.posts}


def _report(trials: list[Trial], *, as_json: bool) -> None:
    results = {trial.community.name: trial.measures() for trial in trials}
    rows = dict(results)
    if len(results) > 1:
        pairs = list(results.values())
        rows["mean"] = (mean([p for p, _ in pairs]), mean([m for _, m in pairs]))
    if as_json:
        sides = {n: {"posts": p.as_dict(), "mentions": m.as_dict()} for n, (p, m) in rows.items()}
        result = next(iter(sides.values())) if len(results) == 1 else sides
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    console = Console()
    for at, side in enumerate(("帖子", "提及")):
        table = Table("社群", *COLUMNS.values(), title=side)
        for name, pair in rows.items():
            table.add_row("平均" if name == "mean" else name, *_cells(pair[at]))
        console.print(table)


def _cells(measures: Measures) -> list[str]:
    return [f"{getattr(measures, name):.3f}" for name in COLUMNS]
