"""Keywords as members write them."""

import pytest

from handlers.framework.keywords import quoted, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("跨境电商", ["跨境电商"]),
        ("跨境电商、Java  后端", ["跨境电商", "Java 后端"]),
        ("跨境电商，投放;品牌；公关\n媒介", ["跨境电商", "投放", "品牌", "公关", "媒介"]),
        ("「跨境电商」", ["跨境电商"]),
        ("#跨境电商", ["跨境电商"]),
        ("C#、.NET、C++", ["C#", ".NET", "C++"]),
        ("会计/律师／设计", ["会计", "律师", "设计"]),
        ("UI/UX、A/B测试、TCP/IP", ["UI/UX", "A/B测试", "TCP/IP"]),
        ("会计 和 律师 或者 设计", ["会计", "律师", "设计"]),
        ("和平、及时雨", ["和平", "及时雨"]),
        ("1.会计 2、律师\n3）Java 后端", ["会计", "律师", "Java 后端"]),
        ("3D 打印、5G、.NET 8", ["3D 打印", "5G", ".NET 8"]),
        ("投放、投放、", ["投放"]),
        (" 、， ", []),
        ("", []),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_quotes_and_shortens() -> None:
    assert quoted(["跨境电商", "长" * 40]) == f"「跨境电商」「{'长' * 29}…」"
