"""A browser in words by which its owner knows it again."""

from typing import Final

from starlette.requests import Request

_CHATS: Final = (("MicroMessenger", "微信"), ("QQ/", "QQ"))
_PROGRAMS: Final = (
    *_CHATS,
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def named(request: Request) -> str:
    """Like 微信 · iPhone, as far as the browser tells."""
    agent = request.headers.get("user-agent", "")
    program = next((word for mark, word in _PROGRAMS if mark in agent), "浏览器")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    return " · ".join(part for part in (program, system) if part)


def chat_around(request: Request) -> str:
    """微信 or QQ, where the page is open inside of it; most of these browsers save no files."""
    agent = request.headers.get("user-agent", "")
    return next((word for mark, word in _CHATS if mark in agent), "")
