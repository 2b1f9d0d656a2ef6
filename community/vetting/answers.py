"""What an applicant means with his answer to one question, without the words around it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from community.vetting.free_text import YEARS, introduced, look, said_name
from matching import Analyser

_LISTED = re.compile(r"[，,；;、\n]+")
_EMPTY = re.compile(r"[（(]\s*[）)]")
_LEAST = 2  # characters of a company: 字节
_BEFORE = r"(?:以前|之前|曾经?|原来|当时|当年|现在|目前)"
_AT = r"(?:是|在|来自|就职于|供职于|任职于)"
_FROM = re.compile(
    rf"(?:(?:我|本人){_BEFORE}?{_AT}|{_BEFORE}{_AT}|来自|就职于|供职于|任职于"
    r"|在(?=.{2,}(?:工作|待过|呆过|上班|任职|实习|干过|做过)))\s*"
)
_DID = re.compile(r"(?<=.{2})(?:工作|待|呆|上过?班|任职|实习|干|做|当|担任|负责)(?:过|了)?.*$")
_OF = re.compile(r"(?<=[^美].)的(?:老?员工|人)?$|(?<=..)的(?:老?员工|人)$")
_DRESS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "title": re.compile(
            r"(?:(?:我(?:现在|目前)?|现在|目前)(?:的?职位)?(?:在\S+?)?(?:是|做|当|担任)|做的是|是)"
            r"(?:一?[名个位])?(.{2,}?)的?"
        ),
        "city": re.compile(
            r"(?:我|人)?(?:现在?|目前)?(?:就|都)?(?:居住|住|居|生活|工作|常驻|坐标|base)?(?:在|是)?"
            r"\s*+[:：]?\s*(.{2,})",
            re.IGNORECASE,
        ),
        "voucher": re.compile(
            r"(.{2,}?)(?:都?认识我|(?:可以|能)(?:为我|给我|帮我)?(?:作证|做证|证明|担保))"
        ),
    }
)


def meant(text: str, key: str, analyser: Analyser) -> dict[str, str]:
    """That field, or more with it: ``人人网 2012-2015`` names a company and years."""
    if key == "name":
        return {"name": introduced(text) or said_name(text) or text}
    if key in ("company", "years", "title", "city"):
        found, rest = _taken_apart(text, key, analyser)
        return {**found, key: _undressed(rest, key, analyser, alone="years" not in found)}
    return {key: _undressed(text, key, analyser)}


def _taken_apart(text: str, key: str, analyser: Analyser) -> tuple[dict[str, str], str]:
    """What is plain to be something else, and the rest; nothing where the rest is in doubt."""
    found: dict[str, str] = {}
    left = text
    if key in ("company", "title") and (spans := YEARS.findall(text)):
        left = _EMPTY.sub(" ", YEARS.sub(" ", text))
        found["years"] = "，".join(one.strip() for one in spans)
    parts = [one.strip() for one in _LISTED.split(left)]
    parts = [one for one in parts if len(one) > 1]
    if len(parts) == 1:
        parts = _in_a_row(parts[0], analyser)
    rest = []
    for part in parts:
        kind = look(part, analyser)
        if kind and kind != key and kind not in found:
            found[kind] = _undressed(part, kind, analyser)
        else:
            rest.append(part)
    return (found, rest[0]) if found and len(rest) == 1 else ({}, text)


def _in_a_row(text: str, analyser: Analyser) -> list[str]:
    """``人人网 产品经理 北京``; but 腾讯 深圳 may be where he was, and Google China is one."""
    words = text.split()
    tail: list[str] = []
    while len(words) > 1 and look(words[-1], analyser):
        tail.append(words.pop())
    if "title" not in [look(word, analyser) for word in (*words, *tail)]:
        return [text]
    return [" ".join(words), *tail]


def _undressed(text: str, key: str, analyser: Analyser, *, alone: bool = True) -> str:
    """``我在人人网待过`` is 人人网."""
    if key == "company":
        return _company(text, alone=alone)
    dress = _DRESS.get(key)
    worn = dress.fullmatch(text) if dress else None
    if worn is None or (key == "city" and not analyser.cities(worn[1])):
        return text
    return worn[1]


def _company(text: str, *, alone: bool) -> str:
    """A name may begin with 在, so that alone is not enough where nothing was said before it."""
    begins = _FROM.match(text)
    bare = text[begins.end() :] if begins else text
    if begins is None and not alone:
        bare = text.removeprefix("在").removeprefix("年在")
    if bare != text:
        bare = _DID.sub("", bare).strip()
    bare = _OF.sub("", bare).strip()
    return bare if len(bare) >= _LEAST else text
