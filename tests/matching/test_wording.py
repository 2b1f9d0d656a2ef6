"""Where a text lies by its characters alone, beside what its words mean."""

import pytest

from matching.directions import Place, alike, read
from matching.meaning import Meaning
from matching.unit import Unit
from matching.wording import Wording

ROWS = {"甲": [60, 0], "乙": [0, 40], "甲乙": [-20, 100]}
WORDING = Wording(
    " ".join(ROWS).encode()
    + b"\n"
    + b"".join(bytes(one % 256 for one in row * 4) for row in ROWS.values())
)


def test_all_that_is_known_is_added_up_as_often_as_it_is_said() -> None:
    assert WORDING.size == 8
    assert list(WORDING.of("甲乙丙甲")) == [100, 140] * 4


@pytest.mark.parametrize(("text", "row"), [("", 0), ("丙丁", 0), ("a。", 0), ("丙甲", 60)])
def test_what_nobody_knows_adds_nothing(text: str, row: int) -> None:
    assert list(WORDING.of(text)) == [row, 0] * 4


def test_words_and_characters_count_alike() -> None:
    meaning = Meaning("丙 丁".encode() + b"\n" + bytes([0, *[9] * 8, 0, *[9, 247] * 4]), WORDING)

    def place(word: str, folded: str) -> Place | None:
        return read(meaning.of([Unit(word, 9.0, 1.0, {word: 1.0})], folded))

    assert alike(place("丙", "甲"), place("丙", "甲")) == pytest.approx(1, abs=0.05)
    assert alike(place("丙", "甲"), place("丙", "乙")) == pytest.approx(0.5, abs=0.15)
    assert alike(place("丙", "甲"), place("丁", "甲")) == pytest.approx(0.5, abs=0.15)
    assert meaning.of([], "甲乙") == ""
