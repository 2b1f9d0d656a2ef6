"""Words that are made alike lie near each other, also those that the lexicon lacks."""

import pytest

from matching import Analyser
from matching.meaning import Meaning, alike, parts, read


def near(analyser: Analyser, one: str, other: str) -> float:
    return alike(*(read(analyser.analyse(text).meaning) for text in (one, other)))


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("仿古地砖", "木纹瓷砖", "陪诊取号"),
        ("髋关节手术", "骨科康复", "行车年检"),
        ("废水提标", "污水治理", "钢琴陪练"),
        ("猫主子没人喂", "宠物寄养", "代理记账"),
    ],
)
def test_alike(analyser: Analyser, word: str, like: str, unlike: str) -> None:
    assert near(analyser, word, like) > near(analyser, word, unlike) + 0.2


def test_a_text_lies_at_its_own_place(analyser: Analyser) -> None:
    assert near(analyser, "代理记账", "代理记账") == pytest.approx(1, abs=0.03)


def test_who_says_nothing_lies_nowhere(analyser: Analyser) -> None:
    assert analyser.analyse("的，。🙏").meaning == ""
    assert read("") == []
    assert alike([], [1, 2]) == 0


def test_parts() -> None:
    assert list(parts("做ppt")) == ["做", "p", "做p", "p", "pp", "t", "pt"]
    assert list(parts("a b")) == ["a", "b"]


def test_what_is_stored_are_signed_bytes(analyser: Analyser) -> None:
    meaning = Meaning("甲 乙".encode() + b"\n" + bytes([3, 4, 252, 253]))
    [unit] = [unit for unit in analyser.analyse("甲").units if unit.surface == "甲"]
    assert read(meaning.of([unit])) == [120, 127]  # 0.8 would be 160, which no byte holds
