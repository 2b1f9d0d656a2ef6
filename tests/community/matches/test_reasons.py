"""Which of the reasons members read."""

import pytest

from community.matches.reasons import because
from matching import Reason
from matching.reasons import TOPIC


def reason(
    word: str, theirs: str = "", near: float = 1.0, share: float = 0.5, *, faint: bool = False
) -> Reason:
    return Reason(word, theirs or word, "", near, share, faint=faint)


CITY = reason("深圳", share=0.02)
TOPICAL = Reason("冷链", "冷链", TOPIC, 0.3, 0.0)


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ([reason("电商")], "电商"),
        ([reason("电商"), reason("运营", share=0.3), reason("选品", share=0.2)], "电商、运营"),
        ([reason("报税", "代账", 0.6), CITY], "代账 ≈ 报税、深圳"),
        ([reason("rag", "检索增强", 0.6), reason("算法", "nlp", 0.6, 0.4), CITY],
         "检索增强 ≈ rag、nlp ≈ 算法"),
        ([reason("报税", "代账", 0.6), reason("审计", "财务", 0.36, 0.4)], "代账 ≈ 报税"),
        ([reason("bp"), reason("视频", "宣传视频", 0.3, 0.1)], "bp、宣传视频 ≈ 视频"),
        ([reason("报税", "代账"), reason("做账", "代账", 0.6), CITY], "代账 ≈ 报税、深圳"),
        ([reason("租房", "两居", 0.36, 0.2), reason("西二旗", share=0.06)],
         "西二旗、两居 ≈ 租房"),
        ([reason("写", faint=True), reason("进销存", "crm", 0.36, 0.1)], "crm ≈ 进销存"),
        ([CITY, TOPICAL], "都与「冷链」有关、深圳"),
        ([reason("苹果15", "苹果批发", 0.09, faint=True), TOPICAL], "都与「冷链」有关"),
        ([reason("写", faint=True)], "写"),
        ([], ""),
    ],
)  # fmt: skip
def test_because(reasons: list[Reason], told: str) -> None:
    assert because(reasons) == told
