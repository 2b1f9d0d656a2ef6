"""Taking out of a text what would tell who wrote it. Pure.

Rather too much than too little: the author reads what is left before anybody else does.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from community.anonymity.employers import core

COMPANY, HIDDEN = "［某公司］", "［已隐去］"

_CONTACTS = re.compile(
    r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"  # a mobile number
    r"|(?<![\d.])0\d{2,3}[ -]\d{7,8}(?!\d)"  # a landline
    r"|[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"  # a mail address
    r"|(?:https?://|www\.)[^\s，。；、）)]+"
    r"|wxid_\w+"
    r"|(?:微信号?|薇信|威信|加[微v薇]|v信|vx|wx|wechat|weixin|qq号?|扣扣"
    r"|电话|手机号?|邮箱|tg|telegram|linkedin|领英)[号是为]?[：:\s]*[A-Za-z0-9][\w.@+-]{4,}"
    r"|(?<![A-Za-z0-9_])[A-Za-z][A-Za-z_-]*(?:\d[A-Za-z_-]*){3,}(?![A-Za-z0-9_])"  # zhangsan1990
    r"|(?<![A-Za-z0-9_])[A-Za-z]+_[A-Za-z0-9_]{2,}"
    r"|(?<![\d.,])\d{7,}(?![\d.,]*\d)"  # a number of QQ
    r"|(?<!\S)[@＠]\S+",
    re.IGNORECASE,
)
_LEGAL = (
    r"(?:有限责任公司|股份有限公司|有限公司|股份公司|分公司|子公司|集团|控股|律师事务所|会计师事务所"
    r"|证券|银行|研究院|设计院)"
)
# Signs that no name holds: what stands before them is another part of the sentence.
_OUTSIDE = r"[在是的你我他她被了吗呢,.，。、：:；;（）()\s]"
_FIRM = re.compile(
    rf"(?:(?!{_OUTSIDE})[\u4e00-\u9fffA-Za-z0-9·&]){{0,24}}?{_LEGAL}(?:公司|有限公司)?"
    rf"|(?:[A-Z][\w&.-]*\s){{1,4}}(?:Inc|Ltd|LLC|Corp|Corporation|Limited|GmbH)\b\.?"
)
# 求一家律师事务所 names none, and of 想去某某集团 the wish is kept.
_BEFORE = re.compile(
    r"(?:离开|加入|入职|任职|就职|内推|推荐|做过|介绍|[求找想去进从到曾做给为和与及某哪这那]"
    r"|[一二两三四几多][家个所]?)*"
)
_SHORTEST = 2


@dataclass(frozen=True)
class Cleaned:
    """What may be read by everybody, and what was taken out, as it stood there."""

    text: str
    removed: tuple[str, ...] = ()


def clean(text: str, *, companies: Collection[str], names: Collection[str]) -> Cleaned:
    """The text without ways to reach its author, ``companies``, and the ``names`` he goes by."""
    removed: list[str] = []

    def hide(pattern: re.Pattern[str], said: str, instead: str) -> str:
        removed.extend(found[0].strip() for found in pattern.finditer(said))
        return pattern.sub(instead, said)

    text = hide(_CONTACTS, text, HIDDEN)
    text = hide(_any_of(names), text, HIDDEN)
    text = _FIRM.sub(lambda found: _without_firm(found[0], removed), text)
    text = hide(_any_of([*companies, *map(core, companies)]), text, COMPANY)
    marks = (COMPANY, HIDDEN)
    kept = [one for one in dict.fromkeys(removed) if one and not any(one in mark for mark in marks)]
    return Cleaned(_repeated(text), tuple(kept))


def _without_firm(said: str, removed: list[str]) -> str:
    before = _BEFORE.match(said)
    kept = before[0] if before else ""
    name = said[len(kept) :]
    if re.fullmatch(_LEGAL, name):
        return said
    removed.append(name)
    return kept + COMPANY


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """The longest first; Latin words only where they stand alone."""
    longest_first = sorted(
        {word for word in words if len(word) >= _SHORTEST}, key=len, reverse=True
    )
    return re.compile("|".join(map(_alone, longest_first)) or r"(?!)", re.IGNORECASE)


def _alone(word: str) -> str:
    edges = [r"(?<![A-Za-z0-9])" * word[0].isascii(), r"(?![A-Za-z0-9])" * word[-1].isascii()]
    return edges[0] + re.escape(word) + edges[1]


def _repeated(text: str) -> str:
    """A mark that stands twice in a row says no more than once."""
    for mark in (COMPANY, HIDDEN):
        text = re.sub(rf"{re.escape(mark)}(?:[\s，,、]*{re.escape(mark)})+", mark, text)
    return text
