"""The name by which others read of a member."""

import pytest

from storage.tables.people import shown_as


@pytest.mark.parametrize(
    ("name", "card", "shown"),
    [
        ("小明", "小明-字节", "小明"),
        ("", "小明-字节", "小明-字节"),
        ("\u202eevil小张", "", "evil小张"),
        ("a\u2067b\u2069c\u200f", "", "abc"),
        ("\u202e", "小张", "小张"),
        ("\u3164", "\u200b \u2800", "成员7"),
        ("👨\u200d👩\u200d👧", "", "👨\u200d👩\u200d👧"),
        ("老 王 ", "", "老 王 "),
    ],
)
def test_a_name_that_can_be_read(name: str, card: str, shown: str) -> None:
    assert shown_as(7, name, card) == shown
