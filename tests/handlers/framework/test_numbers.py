"""A post's number at the beginning of what was said."""

import pytest

from handlers.framework.numbers import number_in


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("12", 12, ""),
        ("#12", 12, ""),
        ("＃１２", 12, ""),
        ("# 12 @李四", 12, "@李四"),
        ("12，谢谢", 12, "谢谢"),
        ("12：新内容", 12, "新内容"),
        ("#12谢谢", 12, "谢谢"),
        ("12\n新内容\n两行", 12, "新内容\n两行"),
        ("12 3 台", 12, "3 台"),
        ("第12条，谢谢", 12, "谢谢"),
        ("12号 @李四", 12, "@李四"),
        ("12号楼的沙发", None, "12号楼的沙发"),
        ("", None, ""),
        ("3个都找到了", None, "3个都找到了"),
        ("A12", None, "A12"),
        ("谢谢 12", None, "谢谢 12"),
        ("1234567890", None, "1234567890"),
        ("²", None, "²"),
    ],
)
def test_number_in(text: str, number: int | None, rest: str) -> None:
    assert number_in(text) == (number, rest)
