"""Words that are made alike lie near each other, also those that the lexicon lacks."""

from itertools import chain
from math import e, hypot

import pytest

from matching import Analyser
from matching.directions import Place, alike, read, written
from matching.meaning import LOUD, Meaning
from matching.parts import parts
from matching.unit import Unit
from matching.wording import Wording

MUTE = Wording("的\n".encode() + bytes(8))


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
    assert read("") is None
    assert alike(None, read(written([0.6, -0.8] * 4))) == 0


def test_parts() -> None:
    assert list(parts("做ppt")) == ["做", "p", "做p", "p", "pp", "t", "pt"]
    assert list(parts("a b")) == ["a", "b"]


def unit(word: str, **terms: float) -> Unit:
    return Unit(word, 9.0, 1.0, {word: 1.0, **terms})


def test_words_are_made_of_parts_and_concepts() -> None:
    rows = [[0, *([0] * at), 100, *([0] * (7 - at))] for at in range(3)]
    meaning = Meaning("甲 乙 C丙".encode() + b"\n" + bytes(chain(*rows)), MUTE)

    def place(word: str, **concepts: float) -> Place | None:
        return read(meaning.of([unit(word, **concepts)], word))

    lone, concept = place("甲"), place("丁", C丙=1.0)
    assert alike(lone, place("甲乙")) == pytest.approx(0.5**0.5, abs=0.1)
    assert alike(lone, concept) < 0.2
    assert alike(lone, place("甲", C丙=0.5)) > alike(concept, place("甲", C丙=0.5)) > 0.3


def test_some_words_say_more() -> None:
    loud = round(LOUD)  # e times as much
    rows = [[loud, 100, *[0] * 7], [0, 0, 100, *[0] * 6]]
    meaning = Meaning("甲 乙".encode() + b"\n" + bytes(chain(*rows)), MUTE)
    text = read(meaning.of([unit("甲"), unit("乙")], "甲乙"))
    assert alike(text, read(meaning.of([unit("甲")], "甲"))) == pytest.approx(
        e / hypot(e, 1), abs=0.05
    )
