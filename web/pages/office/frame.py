"""What the pages of the back office share: their tabs, and what their addresses ask for."""

from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from web.access import Visit
from web.form_values import words

_LONGEST = 60


@dataclass(frozen=True)
class Tab:
    """One part of the office, and who may go there."""

    path: str
    label: str
    right: str


TABS: Final[tuple[Tab, ...]] = (
    Tab("/office", "概况", "office.numbers"),
    Tab("/office/queue", "待审", "pending"),
    Tab("/office/events", "活动", "host"),
    Tab("/office/members", "成员", "office.members"),
    Tab("/office/posts", "帖子", "office.posts"),
    Tab("/office/settings", "设置", "office.settings"),
    Tab("/office/audit", "记录", "office.audit"),
    Tab("/office/health", "运行", "office.health"),
)


def office(visit: Visit, name: str, *, status: int = 200, **context: Any) -> Response:
    """A page of the office, with the tabs that the visitor may open."""
    tabs = [tab for tab in TABS if visit.may(tab.right)]
    return visit.page(f"office/{name}", status=status, tabs=tabs, **context)


def asked(visit: Visit, **defaults: str) -> dict[str, str]:
    """What the address asks for, by name; no longer than a person types."""
    given = visit.request.query_params
    return {name: words(given.get(name, usual), _LONGEST) for name, usual in defaults.items()}
