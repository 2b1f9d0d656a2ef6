"""The vector of a text by its characters alone, and beside that of its words."""

import pytest

from matching.embedding.characters import CharacterEmbedding
from matching.embedding.quantised import Quantised, cosine, decode
from matching.embedding.text import TextEmbedding
from matching.embedding.words import WordEmbedding
from matching.unit import Unit

ROWS = {"甲": [60, 0], "乙": [0, 40], "甲乙": [-20, 100]}
CHARACTERS = CharacterEmbedding(
    " ".join(ROWS).encode()
    + b"\n"
    + b"".join(bytes(one % 256 for one in row * 4) for row in ROWS.values())
)


def test_all_that_is_known_is_added_up_as_often_as_it_is_said() -> None:
    assert CHARACTERS.dimensions == 8
    assert list(CHARACTERS.of("甲乙丙甲")) == [100, 140] * 4


@pytest.mark.parametrize(("text", "row"), [("", 0), ("丙丁", 0), ("a。", 0), ("丙甲", 60)])
def test_what_nobody_knows_adds_nothing(text: str, row: int) -> None:
    assert list(CHARACTERS.of(text)) == [row, 0] * 4


def test_words_and_characters_count_alike() -> None:
    words = WordEmbedding("丙 丁".encode() + b"\n" + bytes([0, *[9] * 8, 0, *[9, 247] * 4]))
    embedding = TextEmbedding(words, CHARACTERS)

    def vector(word: str, folded: str) -> Quantised | None:
        return decode(embedding.of([Unit(word, 9.0, 1.0, {word: 1.0})], folded))

    assert cosine(vector("丙", "甲"), vector("丙", "甲")) == pytest.approx(1, abs=0.05)
    assert cosine(vector("丙", "甲"), vector("丙", "乙")) == pytest.approx(0.5, abs=0.15)
    assert cosine(vector("丙", "甲"), vector("丁", "甲")) == pytest.approx(0.5, abs=0.15)
    assert embedding.of([], "甲乙") == ""
