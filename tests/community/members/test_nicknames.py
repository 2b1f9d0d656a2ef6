"""Cards of a pattern, and others."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.members import nicknames
from storage.tables import Member

PATTERN = "{name}-{company}-{title}"
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def member(**fields: str) -> Member:
    """Somebody with these in the profile."""
    somebody = Member(community_id="renren", id=1, created_at=NOW, updated_at=NOW)
    for name, value in fields.items():
        setattr(somebody, name, value)
    return somebody


@pytest.mark.parametrize(
    ("pattern", "card", "fits"),
    [
        (PATTERN, "张三-字节-产品经理", True),
        (PATTERN, "张三－字节－产品经理", True),
        (PATTERN, "张三 — 字节 — 产品 经理", True),
        (PATTERN, " 张三-字节-产品经理 ", True),
        (PATTERN, "张三-A-B-产品", True),
        (PATTERN, "张三-字节", False),
        (PATTERN, "张三--产品经理", False),
        (PATTERN, "张三-字节-", False),
        (PATTERN, "张三 字节 产品经理", False),
        (PATTERN, "", False),
        ("{name}", "张三", True),
        ("{name}", "", False),
        ("【{city}】{name}", "【北京】张三", True),
        ("【{city}】{name}", "北京张三", False),
        ("{name} {company}", "张三 字节", True),
        ("", "随便", True),
        ("", "", True),
        (PATTERN, "-" * 3000, False),
    ],
)
def test_what_fits(pattern: str, card: str, fits: bool) -> None:
    assert nicknames.fits(pattern, card) is fits


@given(
    pattern=st.sampled_from([PATTERN, "{name}", "【{city}】{name}·{industry}", "{name} {title}"]),
    values=st.lists(st.text("张三a1 ()·-－", min_size=1), min_size=5, max_size=5),
)
def test_the_card_that_is_asked_for_is_taken(pattern: str, values: list[str]) -> None:
    fields = dict(zip(("name", "company", "title", "city", "industry"), values, strict=True))
    card = nicknames.filled_pattern(pattern, member(**fields))
    assert card is None or nicknames.fits(pattern, card)


def test_a_card_needs_all_that_the_pattern_speaks_of() -> None:
    assert nicknames.filled_pattern(PATTERN, member(name="张三", company="字节")) is None
    assert nicknames.missing(PATTERN, member(name="张三", company=" ")) == ["公司", "职位"]
    full = member(name="张三", company="字节", title="产品经理")
    assert nicknames.filled_pattern(PATTERN, full) == "张三-字节-产品经理"
    assert nicknames.filled_pattern("", full) is None


def test_how_the_pattern_is_told() -> None:
    assert nicknames.described(PATTERN) == "姓名-公司-职位"
    assert nicknames.example(PATTERN) == "张三-拾光科技-产品经理"
    assert nicknames.fits(PATTERN, nicknames.example(PATTERN))
