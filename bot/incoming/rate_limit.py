"""The rate limit on commands: who exceeds it in a minute is refused, and told once. Pure."""

from datetime import timedelta
from typing import Final, Literal

MINUTE = timedelta(minutes=1)
UNLIMITED_CHANNELS: Final = frozenset({"console", "playground"})  # for trying, and for pipes

TOO_FAST = (
    "你发得太快了：一分钟里最多处理 {most} 条。多出来的我没有处理，也不再一一回复；"
    "歇一分钟，再发一次就行。"
)


def decide(before: int, *, refused: int, most: int) -> Literal["handle", "tell", "refuse"]:
    """What becomes of a message. In the minute before it ``before`` others of its sender were
    taken, and in its conversation ``refused`` were not; ``most`` 0: no limit.

    Told is only the first that is refused, until a minute has passed without one.
    """
    if not most or before < most:
        return "handle"
    return "refuse" if refused else "tell"
