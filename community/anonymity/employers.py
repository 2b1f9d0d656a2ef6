"""Whether two declared companies are one: 腾讯, and 深圳市腾讯计算机系统有限公司. Pure."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from community.members.nicknames import fits, parts_of
from matching import fold

_BETWEEN = re.compile(r"[/、,;|&+＋]+")
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_SIGNS = re.compile(r"[\W_]+")
_PLACES = re.compile(
    r"^(?:中国|北京|上海|广州|深圳|杭州|南京|苏州|成都|重庆|武汉|西安|天津|厦门|青岛|长沙|郑州|合肥"
    r"|福州|东莞|佛山|珠海|宁波|无锡|济南|大连|沈阳|昆明|海南|香港|广东|浙江|江苏|四川|湖北|湖南"
    r"|福建|山东|河南|河北|安徽|陕西)(?:省|市)?"
)
_KINDS = re.compile(
    r"(?:有限责任|股份有限|有限|股份|责任|公司|集团|控股|科技|技术|网络|信息|软件|计算机系统|计算机"
    r"|电子商务|数码|文化|传媒|实业|国际|投资|管理|咨询|服务|系统|总部|分公司|子公司"
    r"|inc|ltd|co|corp|corporation|llc|gmbh|limited|group|technology|tech)$"
)
_NONE = frozenset(
    {"无", "没有", "暂无", "自由", "自由职业", "自由职业者", "个人", "个体", "待业", "在家", "学生",
     "退休", "保密", "不公开", "创业", "创业中", "求职", "求职中", "看机会", "离职", "none", "no",
     "na", "freelancer", "freelance", "self", "selfemployed"}
)  # fmt: skip
_SHORTEST = 2


def companies(declared: Iterable[str]) -> list[str]:
    """What a member has declared, each company in his own words; nothing that is none."""
    words = (one.strip() for text in declared for one in _BETWEEN.split(text))
    return [one for one in dict.fromkeys(words) if core(one)]


def on_card(card: str, *, pattern: str) -> list[str]:
    """The company on a card of the pattern that the community has for its groups."""
    parts = parts_of(card)
    worn = pattern.startswith("{name}-{company}") and len(parts) > 1 and fits(pattern, card)
    return [parts[1]] if worn else []


@lru_cache(20_000)
def core(company: str) -> str:
    """What is left of a company's name without place and legal form; "" for none at all."""
    bare = _SIGNS.sub("", _IN_BRACKETS.sub("", fold(company)))
    if bare in _NONE:
        return ""
    for kind in (_PLACES, _KINDS):
        while (rest := kind.sub("", bare)) != bare and len(rest) >= _SHORTEST:
            bare = rest
    return bare if len(bare) >= _SHORTEST else ""


def beginnings(name: str) -> Iterator[str]:
    """A name and all that it begins with, itself last: 腾讯 and 腾讯云 are taken for one."""
    for end in range(_SHORTEST, len(name) + 1):
        yield name[:end]
