"""The pattern of cards in the groups: what a card should be, and whether one is like that. Pure."""

import re
from collections.abc import Mapping
from string import Formatter

from community.members.profiles import FIELDS
from storage.tables import Member

_DASH = "－—–‐−-"  # whichever of them a phone offers
_DASHES = rf"\s*[{_DASH}]+\s*"
_EDGE = rf"[^\s{_DASH}]"  # what a field begins and ends with
_BETWEEN = re.compile(r"[\s\-－—–_｜|/·@()（）]+")  # the parts of any card
_LONGEST = 200  # no platform has longer cards
_EXAMPLE: Mapping[str, str] = {
    "name": "张三",
    "company": "拾光科技",
    "title": "产品经理",
    "city": "深圳",
    "industry": "互联网",
}


def fits(pattern: str, card: str) -> bool:
    """Whether a card is of the pattern; any is, when there is no pattern."""
    if not pattern.strip():
        return True
    words = " ".join(card.split())
    return len(words) <= _LONGEST and re.fullmatch(_expression(pattern), words) is not None


def filled_pattern(pattern: str, member: Member) -> str | None:
    """The card that the member should wear; None while the profile does not hold enough."""
    if not pattern.strip() or missing(pattern, member):
        return None
    return pattern.format_map({name: _value(member, name) for name in _EXAMPLE}).strip()


def missing(pattern: str, member: Member) -> list[str]:
    """Names of the fields that the pattern needs and the profile lacks."""
    return [FIELDS[name].label for name in _names(pattern) if not _value(member, name)]


def described(pattern: str) -> str:
    """The pattern as people read it: 姓名-公司-职位."""
    return pattern.format_map({name: FIELDS[name].label for name in _EXAMPLE})


def example(pattern: str) -> str:
    """A card of the pattern."""
    return pattern.format_map(_EXAMPLE)


def parts_of(card: str) -> list[str]:
    """What a card of whatever pattern is made of: 姓名, 公司 and 职位 of 姓名-公司-职位."""
    return _BETWEEN.split(card)


def _names(pattern: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def _value(member: Member, name: str) -> str:
    return " ".join(str(getattr(member, name)).split()).strip(f"{_DASH} ")


def _expression(pattern: str) -> str:
    parts = []
    for words, name, _, _ in Formatter().parse(" ".join(pattern.split())):
        parts += [_literal(words), rf"{_EDGE}(?:.*?{_EDGE})??" if name else ""]
    return "".join(parts)


def _literal(words: str) -> str:
    pieces = re.split(_DASHES, words)
    return _DASHES.join(re.escape(piece) for piece in pieces)
