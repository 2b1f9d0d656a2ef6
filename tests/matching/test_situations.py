"""What people tell of their trouble leads to those who mend it, without the name of a trade."""

import pytest

from matching import Analyser


@pytest.mark.parametrize(
    ("trouble", "trade"),
    [
        ("有个工人手被压了", "工伤律师"),
        ("税局约谈了", "税务筹划"),
        ("货卡在海关", "报关行"),
        ("厂里要搬机器", "工厂搬迁吊装"),
        ("客户资料被带走了", "商业秘密律师"),
        ("我们官网搜不到", "做 SEO"),
        ("线上老炸", "做运维的"),
        ("内容老被下架", "内容安全审核"),
    ],
)
def test_a_trouble_meets_its_trade(analyser: Analyser, trouble: str, trade: str) -> None:
    need, offer = analyser.analyse(trouble, "need"), analyser.analyse(trade, "offer")
    assert need.terms.keys() & offer.terms.keys()


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("合同纠纷", "合同工"),
        ("麒麟系统适配", "麒麟瓜"),
        ("信息系统审计", "食品检测仪"),
        ("上地找保洁", "写字楼出租"),
    ],
)
def test_a_shared_character_is_no_shared_trade(analyser: Analyser, one: str, another: str) -> None:
    concepts = [
        {term for term in analyser.analyse(text).terms if term[0] == "C"} for text in (one, another)
    ]
    assert not concepts[0] & concepts[1]
