"""Words that are made alike lie near each other, also those that the lexicon lacks."""

from itertools import chain
from math import e, hypot

import pytest

from matching import Analyser
from matching.embedding.ngrams import ngrams
from matching.embedding.quantised import cosine, decode
from matching.embedding.words import LOG_WEIGHT, WordEmbedding
from matching.unit import Unit


def near(analyser: Analyser, one: str, other: str) -> float:
    return cosine(*(decode(analyser.analyse(text).meaning) for text in (one, other)))


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


def test_a_text_is_like_itself(analyser: Analyser) -> None:
    assert near(analyser, "代理记账", "代理记账") == pytest.approx(1, abs=0.03)


def test_who_says_nothing_has_no_vector(analyser: Analyser) -> None:
    assert analyser.analyse("的，。🙏").meaning == ""


def test_ngrams() -> None:
    assert list(ngrams("做ppt")) == ["做", "p", "做p", "p", "pp", "t", "pt"]
    assert list(ngrams("a b")) == ["a", "b"]


def unit(word: str, **terms: float) -> Unit:
    return Unit(word, 9.0, 1.0, {word: 1.0, **terms})


def test_words_are_made_of_ngrams_and_concepts() -> None:
    rows = [[0, *([0] * at), 100, *([0] * (2 - at))] for at in range(3)]
    embedding = WordEmbedding("甲 乙 C丙".encode() + b"\n" + bytes(chain(*rows)))
    assert embedding.dimensions == 3
    assert embedding.of([unit("甲")]) == [1, 0, 0]
    assert embedding.of([unit("甲乙")]) == pytest.approx([0.5**0.5, 0.5**0.5, 0])
    assert embedding.of([unit("丁", C丙=1.0)]) == [0, 0, 1]
    both = embedding.of([unit("甲", C丙=0.5)])
    assert both == pytest.approx([1 / hypot(1, 0.5), 0, 0.5 / hypot(1, 0.5)])
    assert embedding.of([unit("丁")]) == ()


def test_some_words_weigh_more() -> None:
    rows = [[round(LOG_WEIGHT), 100, 0], [0, 0, 100]]  # the first e times as much
    embedding = WordEmbedding("甲 乙".encode() + b"\n" + bytes(chain(*rows)))
    text = embedding.of([unit("甲"), unit("乙")])
    assert text == pytest.approx([e / hypot(e, 1), 1 / hypot(e, 1)])
