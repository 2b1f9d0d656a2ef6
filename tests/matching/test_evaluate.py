"""laoyou eval on folders good and bad."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands.evaluate import evaluate
from bot.errors import WrongUseError

MEMBER = {
    "id": "m001", "name": "甲", "group_nickname": "", "company": "",
    "title": "会计", "city": "深圳", "industry": "财税", "bio": "代账报税", "keywords": ["代账"],
}  # fmt: skip
ASKER = {**MEMBER, "id": "m002", "title": "司机", "industry": "", "bio": "", "keywords": []}
POSTS = [
    {"id": "p001", "kind": "need", "author": "m002", "text": "找代账报税"},
    {"id": "p002", "kind": "offer", "author": "m001", "text": "代账报税，两百一个月"},
    {"id": "p003", "kind": "offer", "author": "m001", "text": "出 Switch"},
]
JUDGMENTS = [
    {"query": "p001", "target": "p002", "grade": 2},
    {"query": "p001", "target": "m001", "grade": 2},
]


def write(folder: Path, **files: list[dict[str, Any]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def community(folder: Path) -> Path:
    return write(folder, members=[MEMBER, ASKER], posts=POSTS, judgments=JUDGMENTS)


PERFECT = {
    "p_at_1": 1.0, "precision": 1.0, "recall": 1.0, "f05": 1.0, "f1": 1.0, "quiet_when_empty": 1.0,
}  # fmt: skip


def test_one_community(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(community(tmp_path), as_json=True, explain=None) == 0
    assert json.loads(capsys.readouterr().out) == {"posts": PERFECT, "mentions": PERFECT}


def test_a_folder_of_communities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    community(tmp_path / "a")
    community(tmp_path / "b")
    assert evaluate(tmp_path, as_json=True, explain=None) == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["a", "b", "mean"]
    assert result["mean"]["posts"] == PERFECT


def test_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(community(tmp_path / "renren"), as_json=False, explain=None) == 0
    out = capsys.readouterr().out
    assert "renren" in out
    assert "1.000" in out


def test_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(community(tmp_path), as_json=False, explain="p001") == 0
    out = capsys.readouterr().out
    assert "→ p002 [2]" in out
    assert "代账" in out
    assert "提及：m001" in out


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Path.exists, "找不到文件夹"),
        (lambda folder: folder.mkdir(), "没有评测数据"),
        (lambda folder: write(folder, posts=POSTS), "members.jsonl"),
        (
            lambda folder: (community(folder) / "posts.jsonl").write_text("{oops"),
            "第 1 行不是 JSON",
        ),
        (
            lambda folder: (community(folder) / "members.jsonl").write_text("[]"),
            "第 1 行不是一个 JSON 对象",
        ),
        (
            lambda folder: write(community(folder), judgments=[{"query": "p001"}]),
            "第 1 行缺少字段 target、grade",
        ),
        (
            lambda folder: write(
                community(folder), posts=[*POSTS, {"id": "p004", "author": "m001", "text": "x"}]
            ),
            "第 4 行缺少字段 kind",
        ),
        (
            lambda folder: write(community(folder), members=[MEMBER, {"id": "m002"}]),
            "第 2 行缺少字段 group_nickname、company",
        ),
        (
            lambda folder: write(
                community(folder), judgments=[{"query": "p9", "target": "p1", "grade": 1}]
            ),
            "p9 不在 posts.jsonl",
        ),
    ],
)
def test_bad_folder(tmp_path: Path, change: Any, says: str) -> None:
    change(tmp_path / "x")
    with pytest.raises(WrongUseError, match=says) as raised:
        evaluate(tmp_path / "x", as_json=False, explain=None)
    assert "\n" not in raised.value.text


def test_unknown_query(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="p077"):
        evaluate(community(tmp_path), as_json=False, explain="p077")
