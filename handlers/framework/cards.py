"""A member's profile as its owner reads it, and in one line."""

from community.members.card_text import card, line
from community.members.privacy import Seen
from community.members.profiles import FIELDS
from storage.tables import Member


def own_card(member: Member) -> str:
    """The profile as its owner reads it: with his keywords, and what is missing."""
    lines = [card(member)]
    if member.keywords:
        lines.append(line(member, "keywords"))
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
