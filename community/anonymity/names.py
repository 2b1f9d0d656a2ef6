"""Names for aliases: drawn by lot, and never in use for another running post."""

import secrets
from collections.abc import Collection, Iterator

PREFIX = "匿名·"
_FIRST = "竹松梅兰菊荷桐枫柳杏桃梨橘茶麦苇萤鹿鹤雁鸥燕鲸狐猫云雨雪霜露风月星山溪湖海石沙雾霞"
_SECOND = ("影", "声", "间", "边", "下", "外", "深", "远", "晚", "晨", "屋", "舟", "径", "桥", "灯")


def draw(taken: Collection[str]) -> str:
    """A name that none of these is; with a number behind it when all are taken."""
    free = [name for name in _all() if name not in taken]
    if free:
        return secrets.choice(free)
    return next(name for number in range(2, 10_000) if (name := _numbered(number)) not in taken)


def _numbered(number: int) -> str:
    return f"{PREFIX}{secrets.choice(_FIRST)}{secrets.choice(_SECOND)}{number}"


def _all() -> Iterator[str]:
    for first in _FIRST:
        for second in _SECOND:
            yield f"{PREFIX}{first}{second}"
