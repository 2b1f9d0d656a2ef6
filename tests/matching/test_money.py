"""What is wanted for a thing, and whether somebody who says what he has for it can pay that."""

import pytest

from matching import Analyser, doubts
from matching.money import over_budget


@pytest.mark.parametrize(
    ("wanted", "offered", "told"),
    [
        ("求投影仪，预算 2000", "出投影仪，3000 元", "要 3000 元，超出预算 2000"),
        ("求投影仪，预算２０００", "出投影仪 ￥３０００", "要 3000，超出预算 2000"),
        ("做小程序，预算 5 万以内", "小程序开发，8 万起", "要 8 万起，超出预算 5 万以内"),
        ("小程序开发，不超过 3-5 万", "小程序，5.5w 起", "要 5.5w 起，超出预算 3-5 万"),
        ("月嫂，预算 1.5 万", "金牌月嫂，16800 起", "要 16800 起，超出预算 1.5 万"),
        ("月嫂，预算 1.5 万上下", "金牌月嫂，16800 起", ""),
        ("月嫂，预算 1.5 万上下", "金牌月嫂，2 万起", "要 2 万起，超出预算 1.5 万上下"),
        (
            "收咖啡机，两千块以内的，2000 元以内",
            "咖啡机价格：2500",
            "要 2500，超出预算 2000 元以内",
        ),
        ("找合租，预算 3000", "次卧出租，月租 3500", "要 3500，超出预算 3000"),
        ("找合租，预算 3000 一个月", "次卧出租 3500 元/月", "要 3500 元/月，超出预算 3000 一个月"),
        (
            "翻译，预算 100 元/小时",
            "同声传译 300 元一小时",
            "要 300 元一小时，超出预算 100 元/小时",
        ),
        ("租叉车，最多 200 一天", "叉车日租 220", "要 220，超出预算 200 一天"),
        ("扫地机，预算 800", "扫地机两台，900 元和 700 元", ""),  # one of them will do
        ("投影仪，预算 3000", "投影仪 3000 元", ""),
        ("投影仪，预算 3000 到 5000", "投影仪 4500 元", ""),
        ("办公桌，预算 1000", "办公桌六张，每张 1200 元/张", ""),  # all of them, and each
        ("投影仪", "投影仪 3000 元", ""),
        ("投影仪，预算 2000", "投影仪，九成新", ""),
        ("投影仪，预算 2000", "投影仪，原价 8000 元，价格 1500", ""),
        ("纸箱，预算 400", "纸箱厂直供，500 起", ""),  # so many one has to take
        ("租设备，预算 200", "仓库退租，剩 300 块塑料托盘", ""),
        ("找会计，预算 500", "公司年营收 3000 万元，有会计", ""),
        ("招前端，预算 2 万", "前端求职，期望 25k 起", ""),  # wages are talked about
        ("三天以内要，预算 3 天", "搬家 500 元", ""),
        ("", "", ""),
    ],
)
def test_over_budget(wanted: str, offered: str, told: str) -> None:
    assert over_budget(wanted, offered) == told


@pytest.mark.parametrize("piece", ["1", "1 ", "1元", "预算1", "1-1", "1万", "¥", "租"])
def test_long_rubbish(piece: str) -> None:
    assert over_budget(piece * 5000, piece * 5000) == ""


def test_it_counts_whichever_of_both_is_the_query(analyser: Analyser) -> None:
    need, offer = "求一台投影仪，预算 2000", "出一台投影仪，3000 元"
    wanted, given = analyser.analyse(need, "need"), analyser.analyse(offer, "offer")
    told = ("要 3000 元，超出预算 2000",)
    assert doubts(wanted, given, said=need, theirs=offer) == told
    assert doubts(given, wanted, said=offer, theirs=need) == told
    looked_for = "投影仪 预算 2000"
    assert doubts(analyser.analyse(looked_for), given, said=looked_for, theirs=offer) == told
    assert doubts(wanted, wanted, said=need, theirs=offer) == ()  # both want it
    assert doubts(wanted, given) == ()
