"""The small words of a receipt."""

import pytest

from handlers.framework.receipts import excerpt


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
