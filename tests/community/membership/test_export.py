"""A person's data as messages."""

from hypothesis import given
from hypothesis import strategies as st

from community.membership.export import as_text, parts


@given(st.text(alphabet="一二 \nab", max_size=400), st.integers(1, 50))
def test_no_part_is_too_long_and_nothing_is_lost(text: str, longest: int) -> None:
    found = parts(text, longest)
    assert all(len(part) <= longest for part in found)
    assert "".join(found).replace("\n", "") == text.replace("\n", "")


def test_what_is_empty_is_not_told() -> None:
    data = {"社群": "老友记", "名片": {"公司": "字节", "城市": ""}, "帖子": [], "勿扰": False}
    assert as_text(data) == "社群：老友记\n名片：公司 字节"
