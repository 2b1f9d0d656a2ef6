"""Cutting a long message into parts that QQ takes."""

from collections.abc import Sequence

from bot.channels.splitting import Cutter
from community.actions import Mention, Segment

LIMIT = 1500  # characters; QQ itself cuts or refuses at some 4500, old clients show far less


def split(segments: Sequence[Segment], limit: int = LIMIT) -> list[list[Segment]]:
    """The segments in parts of at most ``limit`` characters; pictures take none."""
    cutter = Cutter(size=len, head=lambda text, room: text[:room], shown=_shown)
    return cutter.split(segments, limit, limit)


def _shown(segment: Segment) -> str:
    return f"@{segment.name} " if isinstance(segment, Mention) else ""
