"""What somebody wants to pay, what somebody asks, and whether that is too much.

Only what is said plainly counts: beside the number stands a currency, or a word for a price or a
budget. Wages, turnover and the like are no prices, and 500 起 may be how many one has to buy.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matching.folding import fold

_TIMES: Mapping[str, float] = {
    "": 1, "百": 1e2, "千": 1e3, "k": 1e3, "万": 1e4, "w": 1e4, "亿": 1e8
}  # fmt: skip
_NUMBER = r"\d{1,9}(?:\.\d{1,4})?"
_EACH = (
    r"月|天|日|晚|小时|次|年|平米|平|㎡|人|位|件|个|套|单|台|张|节|课时|篇|条|斤|公斤|米|场|页|字"
)
_AMOUNT = re.compile(
    rf"(?<![\d.])(?:{_NUMBER}\s?[百千万kw]?\s?[-~—–至到]\s?)?"
    rf"(?P<number>{_NUMBER})\s?(?P<times>[百千万亿]|[kw](?![a-z0-9]))?"
    # 300 块 is money, 300 块托盘 are pallets.
    r"\s?(?P<unit>元|块钱|块(?![一-鿿]|\s?\d)|块(?=以|起|一[^一-鿿]?|每)|圆|rmb|人民币)?"
    rf"(?:\s?(?:/|每|一个?)\s?(?P<each>{_EACH}))?"
    r"\s?(?P<end>以内|以下|之内|封顶|起步|起(?![一-鿿])|左右|上下)?"
)
_MOST, _LEAST, _ABOUT = ("以内", "以下", "之内", "封顶"), ("起", "起步"), ("左右", "上下")
_ROOM = 1.2  # whoever says about, means up to a fifth more
_BUDGET = re.compile(
    r"(?:预算|不(?:要)?超过|最多|顶多|上限|控制在)\s?[:：]?\s?(?:是|在|大概|大约|约|就|只有|也就)?\s?¥?\s?$"
)
_PRICE = re.compile(
    r"(?:(?<!原)价|租金?|费用|收费|包月|只要|¥)格?\s?[:：]?\s?(?:是|大概|大约|约)?\s?¥?\s?$"
)
_NO_PRICE = re.compile(
    r"(?:原价|薪资?|工资|期望|年包|总包|硕士|本科|博士|收入|营收|营业额|流水|销售额|年销|月销|gmv|融资|估值"
    r"|资本|资金|保额|保底|押金|定金|省|优惠|减|返|满|赔|亏|赚|挣|投|阅读|客单价?|均价)[\s:：约是为达近额]{0,3}$"
)
_MEASURED = re.compile(
    rf"\s?(?:{_EACH}|片|岁|后|届|多|余|级|倍|粉|册|份|公里|分钟|分|秒|层|楼|[a-z%])"
)
_CHEAP, _DEAR = 10, 10_000  # what is below is hardly a price; what is above hardly a number


@dataclass(frozen=True)
class Money:
    """A sum, for each of something ("": for all of it), as it was typed."""

    value: float
    each: str
    typed: str


def over_budget(wanted: str, offered: str) -> str:
    """In words, when what is offered costs more than the other text has for it; else nothing."""
    asked = _by_each(_prices(offered), most=False)
    for each, limit in _by_each(_budgets(wanted), most=True).items():
        price = asked.get(each)
        if price is not None and price.value > limit.value:
            return f"要 {price.typed}，超出预算 {limit.typed}"
    return ""


def _by_each(found: Iterator[Money], *, most: bool) -> dict[str, Money]:
    """The highest, or the lowest, for each of something."""
    best: dict[str, Money] = {}
    for one in found:
        held = best.get(one.each)
        if held is None or (one.value > held.value) == most:
            best[one.each] = one
    return best


def _budgets(text: str) -> Iterator[Money]:
    for found, before, money in _amounts(fold(text)):
        most = found["end"] in _MOST and (found["unit"] or found["times"])
        if most or _BUDGET.search(before):
            room = _ROOM if found["end"] in _ABOUT else 1
            yield replace(money, value=money.value * room)


def _prices(text: str) -> Iterator[Money]:
    for found, before, money in _amounts(fold(text)):
        sure = found["times"] or found["each"] or money.value >= _DEAR
        least = found["end"] in _LEAST and sure
        told = found["unit"] or least or _PRICE.search(before)
        wanted = found["end"] in _MOST or _BUDGET.search(before)
        if told and not wanted and not _NO_PRICE.search(before):
            yield money


def _amounts(text: str) -> Iterator[tuple[re.Match[str], str, Money]]:
    """Each with the words right before it."""
    rented = "租" in text
    for found in _AMOUNT.finditer(text):
        value = float(found["number"]) * _TIMES[found["times"] or ""]
        plain = not (found["unit"] or found["each"] or found["end"])
        if value < _CHEAP or (plain and _MEASURED.match(text, found.end())):
            continue
        each = found["each"] or ""
        if rented and each == "月":  # rents are reckoned so, whether it is said or not
            each = ""
        before = text[max(0, found.start() - 8) : found.start()]
        if not each and before.rstrip().endswith("日租"):
            each = "天"
        yield found, before, Money(value, each, found[0].strip())
