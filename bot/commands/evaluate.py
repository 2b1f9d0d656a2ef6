"""laoyou eval: the measures of match quality on a folder of judged posts."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.commands import explain as explained
from bot.commands.measured import Measured, as_json, tables
from bot.errors import StartError, WrongUseError
from matching.analyser import Analyser
from matching.evaluation import Community, Outcome, Trial

_FIELDS = {
    "posts": ("id", "kind", "author", "text"),
    "members": (
        "id", "group_nickname", "company", "title", "city", "industry", "bio", "keywords",
    ),
    "judgments": ("query", "target", "grade"),
}  # fmt: skip
_FEWEST = 3  # one is left out, and of those that teach each is left out once again


def evaluate(
    folder: Path,
    *,
    json_wanted: bool,
    explain: str | None,
    leave_one_out: bool = False,
    also: Path | None = None,
) -> int:
    """Measure one community or each in a folder; 0 done. Raises StartError.

    ``leave_one_out``: also what each gets from weights that were learnt from the others, and from
    those in ``also``.
    """
    if also is not None and not leave_one_out:
        raise WrongUseError("--also 只和 --leave-one-out 一起用")
    communities = load(folder)
    others = load(also) if also is not None else []
    if explain is not None and not any(explain in _post_ids(c) for c in communities):
        raise WrongUseError(f"{folder} 里没有编号为 {explain} 的帖子")
    if leave_one_out and len(communities) + len(others) < _FEWEST:
        raise WrongUseError("留一法要至少三个社群：都放在这个文件夹里，或者用 --also 指出更多")
    analyser = Analyser()
    trials = [Trial.prepare(community, analyser) for community in communities]
    if explain is not None:
        _explain([trial for trial in trials if explain in trial.posts], explain, json_wanted)
        return 0
    left_out = None
    if leave_one_out:
        left_out = _left_out(trials, [Trial.prepare(one, analyser) for one in others])
    _report({trial.community.name: trial.outcome() for trial in trials}, left_out, json_wanted)
    return 0


def _explain(trials: Sequence[Trial], query: str, json_wanted: bool) -> None:
    if json_wanted:
        found = [explained.as_json(trial, query) for trial in trials]
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for trial in trials:
        explained.print_explained(trial, query)


def _left_out(trials: Sequence[Trial], others: Sequence[Trial]) -> dict[str, Outcome]:
    try:
        from matching.training import JudgedCommunity, left_out  # noqa: PLC0415 – a bot has no numpy
    except ImportError:
        text = "留一法要用 numpy：先在老友的环境里装上（pip install numpy）"
        raise StartError(text) from None
    judged, more = ([JudgedCommunity.prepare(one) for one in some] for some in (trials, others))
    return {trial.community.name: outcome for trial, outcome in left_out(judged, more)}


def _report(
    shipped: Mapping[str, Outcome], left_out: Mapping[str, Outcome] | None, json_wanted: bool
) -> None:
    found = Measured.of(shipped)
    again = None if left_out is None else Measured.of(left_out)
    if json_wanted:
        print(json.dumps(as_json(found, again), ensure_ascii=False, indent=2))
    else:
        tables(found, again)


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
