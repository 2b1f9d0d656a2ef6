"""Which kind of post do plain words sound like?"""

import json
from pathlib import Path

import pytest

from community.posts.collecting import guess

DATA = Path(__file__).parents[3] / "bench" / "data"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谁有靠谱的报关行推荐", "need"),
        ("想租一间琴房，拍半天", "need"),
        ("招一个 Go 后端，北京", "need"),
        ("有人周末去爬香山吗", "need"),
        ("手里有富余的会议室", "offer"),
        ("转让一个亚马逊老号", "offer"),
        ("五年前端求职", "offer"),
        ("承接小程序开发，欢迎咨询", "offer"),
        ("今天天气不错", None),
        ("谁要会议室？我这有一间，免费", "offer"),
        ("有没有人要，我这有多的", None),
        ("", None),
        ("谁手上有多余的显示器", "need"),
        ("哪里有转让的店铺", None),
        ("谁家有闲置的婴儿车", None),
        ("我手上有多余的显示器", "offer"),
    ],
)
def test_guess(text: str, kind: str | None) -> None:
    assert guess(text) == kind


def test_a_guess_is_seldom_wrong() -> None:
    files = DATA.glob("*/posts.jsonl")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    guesses = [(row["kind"], guess(row["text"])) for row in map(json.loads, lines)]
    dared = [(kind, heard) for kind, heard in guesses if heard]
    assert len(dared) >= len(lines) * 0.4
    assert sum(kind == heard for kind, heard in dared) >= len(dared) * 0.9
