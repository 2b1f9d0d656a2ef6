"""laoyou eval on folders good and bad."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.commands.evaluate import evaluate
from bot.errors import StartError, WrongUseError

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
    assert evaluate(community(tmp_path), json_wanted=True, explain=None) == 0
    within = {name: [1.0, 1.0] for name in PERFECT}
    assert json.loads(capsys.readouterr().out) == {
        "posts": PERFECT,
        "mentions": PERFECT,
        "intervals": {"posts": within, "mentions": within},
    }


def test_a_folder_of_communities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    community(tmp_path / "a")
    community(tmp_path / "b")
    assert evaluate(tmp_path, json_wanted=True, explain=None) == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["a", "b", "mean"]
    assert result["mean"]["posts"] == PERFECT


def test_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(community(tmp_path / "renren"), json_wanted=False, explain=None) == 0
    out = capsys.readouterr().out
    assert "renren" in out
    assert "1.000" in out


def test_what_each_gets_from_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b", "c"):
        community(tmp_path / name)
    assert evaluate(tmp_path, json_wanted=True, explain=None, leave_one_out=True) == 0
    result = json.loads(capsys.readouterr().out)
    assert list(result) == ["a", "b", "c", "mean"]
    for line in result.values():
        assert line["posts"] == PERFECT
        assert line["leave_one_out"].keys() == {"posts", "mentions", "intervals"}
        assert 0 <= line["leave_one_out"]["posts"]["p_at_1"] <= 1
    assert evaluate(tmp_path, json_wanted=False, explain=None, leave_one_out=True) == 0
    assert capsys.readouterr().out.count("（留一法）") == 2


def test_one_alone_learns_from_further_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone, more = community(tmp_path / "alone"), tmp_path / "more"
    for name in ("x", "y"):
        community(more / name)
    ask = partial(evaluate, alone, json_wanted=True, explain=None, leave_one_out=True)
    with pytest.raises(WrongUseError, match="至少三个社群"):
        ask()
    with pytest.raises(WrongUseError, match="--leave-one-out"):
        ask(leave_one_out=False, also=more)
    assert ask(also=more) == 0
    assert "leave_one_out" in json.loads(capsys.readouterr().out)


def test_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(community(tmp_path), json_wanted=False, explain="p001") == 0
    out = capsys.readouterr().out
    assert "→ p002 [2]" in out
    assert "代账" in out
    assert "提及：m001" in out


def test_explain_holds_all_that_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    many = [
        {"id": f"p{number:03d}", "kind": "offer", "author": "m001", "text": f"北京代账 {number} 元"}
        for number in range(100, 130)
    ]
    asked = {"id": "p001", "kind": "need", "author": "m002", "text": "深圳找代账，预算 110 元"}
    judged = [*JUDGMENTS, {"query": "p001", "target": "p099", "grade": 2}]
    folder = write(community(tmp_path / "a"), posts=[asked, *POSTS[1:], *many], judgments=judged)
    assert evaluate(folder, json_wanted=True, explain="p001") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in found["posts"]} >= {one["id"] for one in many}
    chances = [one["chance"] for one in found["posts"]]
    assert chances == sorted(chances, reverse=True)
    by_name = {one["name"]: one for one in found["posts"]}
    assert by_name["p002"]["grade"] == 2
    assert by_name["p129"]["why"][0][0] == "代账"
    assert by_name["p129"]["against"] == ["在北京，不是深圳", "要 129 元，超出预算 110 元"]
    assert by_name["p105"]["against"] == ["在北京，不是深圳"]
    assert found["missed"] == {"p099": 2}
    assert found["called"] == ["m001"]
    assert evaluate(folder, json_wanted=False, explain="p001") == 0
    assert "× p099 [2] （文件里没有它）" in capsys.readouterr().out


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
        evaluate(tmp_path / "x", json_wanted=False, explain=None)
    assert "\n" not in raised.value.text


def test_unknown_query(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="p077"):
        evaluate(community(tmp_path), json_wanted=False, explain="p077")


def test_without_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        community(tmp_path / name)
    monkeypatch.delitem(sys.modules, "matching.training", raising=False)
    monkeypatch.delitem(sys.modules, "matching.regression", raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(StartError, match="numpy"):
        evaluate(tmp_path, json_wanted=True, explain=None, leave_one_out=True)
