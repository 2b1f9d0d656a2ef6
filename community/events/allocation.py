"""Who sits and who waits. Pure: the rule that everything about seats goes by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Literal

_RANK = attrgetter("rank")


@dataclass(frozen=True)
class Entry:
    """Somebody who wants to come; ``new``: he has said so just now."""

    member_id: int
    state: Literal["seated", "offered", "waiting", "new"]
    asked_at: datetime
    priority: bool = False
    behind: bool = False  # comes after all others for what he has missed
    displaced: bool = False  # had a seat already, and had to give it up

    @property
    def rank(self) -> tuple[bool, bool, bool, datetime, int]:
        """Whoever has the smaller one comes first."""
        never_sat = not self.displaced
        return not self.priority, never_sat, self.behind, self.asked_at, self.member_id


@dataclass(frozen=True)
class Allocation:
    """What changes by it, and who waits afterwards, the next one first."""

    seated: tuple[int, ...] = ()  # new ones who sit at once
    offered: tuple[int, ...] = ()  # who waited, and has to say whether he still comes
    displaced: tuple[int, ...] = ()  # who has to make room
    waiting: tuple[int, ...] = ()


def allocate(entries: Sequence[Entry], *, cap: int, may_displace: bool) -> Allocation:
    """Give the free seats away: first those who have priority, then whoever came first.

    A new one with priority may take the seat of the last who has none. Where more sit than there
    are seats, nobody is sent away.
    """
    holders = [one for one in entries if one.state in ("seated", "offered")]
    queue = sorted((one for one in entries if one not in holders), key=_RANK)
    free = max(cap - len(holders), 0)
    lucky, queue = queue[:free], queue[free:]
    others = sorted((one for one in holders if not one.priority), key=_RANK)
    displaced: list[Entry] = []
    for one in [one for one in queue if one.state == "new" and one.priority]:
        if may_displace and others:
            displaced.append(others.pop())
            queue.remove(one)
            lucky.append(one)
    waiting = sorted([*queue, *(replace(one, displaced=True) for one in displaced)], key=_RANK)
    return Allocation(
        seated=tuple(one.member_id for one in lucky if one.state == "new"),
        offered=tuple(one.member_id for one in lucky if one.state == "waiting"),
        displaced=tuple(one.member_id for one in displaced),
        waiting=tuple(one.member_id for one in waiting),
    )
