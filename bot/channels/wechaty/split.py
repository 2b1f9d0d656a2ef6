"""Cutting a long message into parts that WeChat takes. Pure."""

from collections.abc import Sequence

from bot.channels.splitting import Cutter
from community.actions import Mention, Segment, Text

LIMIT = 1800  # bytes of UTF-8; above some 2,000 the clients fold or cut a text


def size(text: str) -> int:
    """How much of the limit a text takes."""
    return len(text.encode())


def split(segments: Sequence[Segment], first: int, limit: int = LIMIT) -> list[list[Segment]]:
    """The segments in parts of at most ``limit`` bytes, the first of at most ``first``."""
    return Cutter(size=size, head=_head, shown=shown).split(segments, first, limit)


def shown(segment: Segment) -> str:
    """What a reader sees of a segment."""
    match segment:
        case Text(text=text):
            return text
        case Mention(name=name):
            return f"@{name}\u2005"
    return "[图片]"


def _head(text: str, room: int) -> str:
    return text.encode()[:room].decode(errors="ignore")
