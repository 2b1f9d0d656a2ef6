"""A member's profile as others read it. It never shows an account."""

from community.members.privacy import Seen
from community.members.profiles import FIELDS
from storage.tables import Member

_PAIRS = (("company", "title"), ("city", "industry"))
_OWN_LINE = ("skills", "gives", "seeks", "bio")


def card(member: Member | Seen) -> str:
    """The profile, without what is not filled in."""
    lines = [_headline(member)]
    lines += [" · ".join(line(member, n) for n in pair if getattr(member, n)) for pair in _PAIRS]
    lines += [line(member, name) for name in _OWN_LINE if getattr(member, name)]
    if isinstance(member, Seen) and member.contact:
        lines.append(f"联系方式：{member.contact}")
    return "\n".join(one for one in lines if one)


def _headline(member: Member | Seen) -> str:
    nickname = member.group_nickname
    if nickname and nickname != member.shown:
        return f"{member.shown}（群名片：{nickname}）"
    return member.shown


def line(member: Member | Seen, name: str) -> str:
    """One field of the profile, by its name."""
    value = getattr(member, name)
    text = "、".join(value) if isinstance(value, list | tuple) else value
    return f"{FIELDS[name].label}：{text}"
