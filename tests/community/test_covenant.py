"""Reading a covenant: its version and its clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.covenant import Covenant, numeral

TEXT = "老友公约\n第1条 待人以诚。\n第二条：不发广告。\n3、不外传成员资料。\n十二. 好好说话"


def test_clauses_by_number() -> None:
    assert Covenant(TEXT).clauses == {
        1: "待人以诚。",
        2: "不发广告。",
        3: "不外传成员资料。",
        12: "好好说话",
    }
    assert Covenant(TEXT).named(2) == "第 2 条「不发广告。」"
    assert Covenant(TEXT).named(9) == "第 9 条"


def test_a_word_makes_another_version_and_blanks_do_not() -> None:
    version = Covenant(TEXT).version
    assert len(version) == 8
    assert Covenant(f"\n  {TEXT}  \n".replace("\n第", "\n  第")).version == version
    assert Covenant(TEXT.replace("广告", "小广告")).version != version


@pytest.mark.parametrize("text", ["", "  \n "])
def test_no_covenant_has_no_version_and_no_clauses(text: str) -> None:
    assert (Covenant(text).version, Covenant(text).clauses) == ("", {})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("两", 2),
        ("x", 0),
    ],
)
def test_numerals(text: str, number: int) -> None:
    assert numeral(text) == number


@given(st.text(alphabet="第条一二三十0123456789. 、\n好人"))
def test_any_text_can_be_read(text: str) -> None:
    clauses = Covenant(text).clauses
    assert all(0 < number < 100 and "\n" not in words for number, words in clauses.items())
