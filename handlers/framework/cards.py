"""A member's profile as others read it. It never shows an account."""

from community.members.privacy import Seen
from community.members.profiles import FIELDS
from storage.tables import Member

_PAIRS = (("company", "title"), ("city", "industry"))
_OWN_LINE = ("skills", "gives", "seeks", "bio")


def card(member: Member | Seen) -> str:
    """The profile, without what is not filled in."""
    lines = [_headline(member)]
    lines += [" · ".join(_line(member, n) for n in pair if getattr(member, n)) for pair in _PAIRS]
    lines += [_line(member, name) for name in _OWN_LINE if getattr(member, name)]
    if isinstance(member, Seen) and member.contact:
        lines.append(f"联系方式：{member.contact}")
    return "\n".join(line for line in lines if line)


def own_card(member: Member) -> str:
    """The profile as its owner reads it: with his keywords, and what is missing."""
    lines = [card(member)]
    if member.keywords:
        lines.append(_line(member, "keywords"))
    missing = [field.label for name, field in FIELDS.items() if not getattr(member, name)]
    if missing:
        lines.append(f"还没填：{'、'.join(missing)}")
    return "\n".join(lines)


def brief(member: Member | Seen) -> str:
    """Name, company and title, to tell namesakes apart."""
    return " · ".join(part for part in (member.shown, member.company, member.title) if part)


def filled(member: Member | Seen) -> bool:
    """There is more to read than a name."""
    return any(getattr(member, name, "") for name in FIELDS if name != "name")


def _headline(member: Member | Seen) -> str:
    nickname = member.group_nickname
    if nickname and nickname != member.shown:
        return f"{member.shown}（群名片：{nickname}）"
    return member.shown


def _line(member: Member | Seen, name: str) -> str:
    value = getattr(member, name)
    text = "、".join(value) if isinstance(value, list | tuple) else value
    return f"{FIELDS[name].label}：{text}"
