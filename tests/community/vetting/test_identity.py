"""Whether two companies are one, and which years are meant."""

import pytest

from community.vetting.identity import same_company, years


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("人人网", "人人", True),
        ("拾光科技有限公司", "拾光科技", True),
        ("ByteDance", "bytedance", True),
        ("人人网", "人人车", False),
        ("网", "网易", False),
        ("", "人人", False),
    ],
)
def test_one_company_by_two_names(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same
    assert same_company(other, one) is same


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2016-2019", (2016, 2019)),
        ("2016 年到现在", (2016, 2026)),
        ("2016-至今", (2016, 2026)),
        ("16-19", (2016, 2019)),
        ("98-02", (1998, 2002)),
        ("2015.10-2018.03", (2015, 2018)),
        ("2015年10月-2018年3月", (2015, 2018)),
        ("2018", (2018, 2018)),
        ("很久", None),
    ],
)
def test_years(text: str, span: tuple[int, int] | None) -> None:
    assert years(text, 2026) == span
