"""The small words of a receipt."""

import pytest

from community.matches.reasons import because
from handlers.framework.receipts import excerpt
from matching import Reason


def reason(word: str, theirs: str = "", near: float = 1.0) -> Reason:
    return Reason(word=word, theirs=theirs or word, field="", near=near, share=0.5)


@pytest.mark.parametrize(
    ("reasons", "text"),
    [
        ([reason("电商")], "电商"),
        ([reason("电商"), reason("电商"), reason("运营"), reason("选品")], "电商、运营"),
        ([reason("报税", "代账", 0.6), reason("深圳")], "深圳"),
        ([reason("报税", "代账", 0.6), reason("发票", "财务", 0.5)], "代账 ≈ 报税"),
        ([], ""),
    ],
)
def test_because(reasons: list[Reason], text: str) -> None:
    assert because(reasons) == text


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("办公桌六张", "办公桌六张"),
        ("办公桌六张\n科技园  自提", "办公桌六张 科技园 自提"),
        ("机" * 36, "机" * 36),
        ("机" * 37, "机" * 35 + "…"),
    ],
)
def test_excerpt(text: str, short: str) -> None:
    assert excerpt(text) == short
