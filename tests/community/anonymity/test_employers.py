"""Whether two companies are one."""

import pytest

from community.anonymity.employers import beginnings, companies, core, on_card


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("腾讯", "腾讯"),
        ("深圳市腾讯计算机系统有限公司", "腾讯"),
        ("腾讯科技（深圳）有限公司", "腾讯"),
        ("北京字节跳动科技有限公司", "字节跳动"),
        ("Tencent Inc.", "tencent"),
        ("ＴＥＮＣＥＮＴ", "tencent"),
        ("阿里巴巴集团", "阿里巴巴"),
        ("科技有限公司", "科技"),
        ("自由职业", ""),
        ("无", ""),
        ("", ""),
    ],
)
def test_what_is_left_of_a_name(company: str, name: str) -> None:
    assert core(company) == name


def test_several_companies_in_one_field() -> None:
    assert companies(["腾讯 / 阿里、自由职业", "腾讯"]) == ["腾讯", "阿里"]


def test_a_card_of_the_pattern_tells_the_company() -> None:
    pattern = "{name}-{company}-{title}"
    assert on_card("小明-腾讯-后端", pattern=pattern) == ["腾讯"]
    assert on_card("小明 后端", pattern=pattern) == []
    assert on_card("小明-腾讯-后端", pattern="{name}-{title}") == []


def test_beginnings_end_with_the_name_itself() -> None:
    assert list(beginnings("腾讯云")) == ["腾讯", "腾讯云"]
