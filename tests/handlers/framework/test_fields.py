"""Reading profiles as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.framework.fields import read

ONE_LINE = "姓名 李雷 公司 字节 职位 产品经理 城市 北京 行业 互联网 技能 增长、投放"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            ONE_LINE,
            {
                "name": "李雷",
                "company": "字节",
                "title": "产品经理",
                "city": "北京",
                "industry": "互联网",
                "skills": "增长、投放",
            },
        ),
        ("公司：字节 职位：产品经理", {"company": "字节", "title": "产品经理"}),
        ("公司:字节，职位:产品经理。", {"company": "字节", "title": "产品经理"}),
        ("公司=字节；城市=上海", {"company": "字节", "city": "上海"}),
        ("公司\n字节\n职位\n产品经理", {"company": "字节", "title": "产品经理"}),
        ("公司 字节\n职位 产品经理", {"company": "字节", "title": "产品经理"}),
        ("name Li Lei company Byte Dance", {"name": "Li Lei", "company": "Byte Dance"}),
        ("Name: Li Lei\nCITY: Beijing", {"name": "Li Lei", "city": "Beijing"}),
        ("職位：產品經理", {"title": "產品經理"}),
        ("ｎａｍｅ：李雷", {"name": "李雷"}),
        ("擅长 写作 画画", {"skills": "写作 画画"}),
        ("技能 无", {"skills": ""}),
        ("公司：清空 城市：北京", {"company": "", "city": "北京"}),
        ("简介 我们 提供 供应链 服务", {"bio": "我们 提供 供应链 服务"}),
        ("简介：在公司 做产品\n后来：做投放", {"bio": "在公司 做产品\n后来：做投放"}),
        ("简介 前 字节 公司 员工", {"bio": "前 字节", "company": "员工"}),
        ("公司 小公司 公司", {"company": "小公司 公司"}),
        ("公司：字节\n简介：做增长\n两年了\n城市：北京",
         {"company": "字节", "bio": "做增长\n两年了", "city": "北京"}),
        ("技能 Python：5年、Go", {"skills": "Python：5年、Go"}),
        ("技能：增长：五年", {"skills": "增长：五年"}),
        ("想要 找合伙人 能给 流量", {"seeks": "找合伙人", "gives": "流量"}),
    ],
)  # fmt: skip
def test_reads(text: str, values: dict[str, str]) -> None:
    reading = read(text)
    assert reading.values == values
    assert not reading.unknown
    assert not reading.empty


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("爱好 足球", ["爱好"]),
        ("产品经理", ["产品经理"]),
        ("爱好：足球 公司：字节", ["爱好"]),
        ("公司：字节 爱好：足球", ["爱好"]),
        ("公司 字节\n爱好：足球", ["爱好"]),
        ("爱好：足球\n公司：字节\n星座：狮子", ["爱好", "星座"]),
        ("我在一家很长很长的公司里做产品经理", ["我在一家很长很长的公"]),
    ],
)
def test_names_what_is_no_field(text: str, unknown: list[str]) -> None:
    assert read(text).unknown == unknown


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("公司", ["company"]),
        ("公司：", ["company"]),
        ("公司：字节 职位：", ["title"]),
        ("公司：字节，职位：产品经理, 城市", ["city"]),
    ],
)
def test_names_fields_left_empty(text: str, empty: list[str]) -> None:
    assert read(text).empty == empty


def test_says_nothing_about_nothing() -> None:
    reading = read("")
    assert (reading.values, reading.unknown, reading.empty) == ({}, [], [])


PIECES = st.sampled_from(
    ["姓名", "公司", "技能", "简介", "bio", "：", ":", "=", " ", "\n", "，", "字节"]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_whatever_is_typed_is_kept_word_for_word_or_refused(text: str) -> None:
    reading = read(text)
    assert all(value in text for value in reading.values.values())
    if text.strip(" \t\r\n\u3000，,；;|｜、"):
        assert reading.values or reading.unknown or reading.empty
