"""The few places that every page leads to."""

from dataclasses import dataclass
from typing import Final

from community.rights import ROLES, Role, right_to


@dataclass(frozen=True)
class Link:
    """One place, and who may go there. ``icon`` is its picture in templates/icons.html."""

    path: str
    label: str
    icon: str
    right: str


PLACES: Final[tuple[Link, ...]] = (
    Link("/find", "找", "search", "find"),
    Link("/new", "发布", "plus", "need"),
    Link("/members", "成员", "people", "whois"),
    Link("/events", "活动", "calendar", "events"),
    Link("/me", "我的", "person", "mine"),
    Link("/office", "管理", "desk", "pending"),
)


def links_for(home: str, role: Role | None) -> list[Link]:
    """Where somebody of that role may go; nobody signed in: nowhere."""
    if role is None or role == ROLES[-1]:
        return []
    return [
        Link(f"{home}{one.path}", one.label, one.icon, one.right)
        for one in PLACES
        if right_to(one.right).allows(role)
    ]
