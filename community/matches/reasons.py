"""Reasons in as few words as say why."""

from collections.abc import Sequence

from matching import Reason

MOST = 2
LIKE = 0.45  # nearness from which a reason is worth telling beside another one


def because(reasons: Sequence[Reason]) -> str:
    """What tells most, and a second thing."""
    return "、".join(reason.text for reason in telling(reasons))


def telling(reasons: Sequence[Reason]) -> list[Reason]:
    """The reason that tells most, and the next one on other words."""
    near = [one for one in reasons if not one.is_whole and not one.faint]
    near.sort(key=_worth, reverse=True)
    if whole := [one for one in reasons if one.is_whole]:  # then the words tell little
        return [*whole, *near][:MOST]
    if not near:
        return list(reasons[:1])
    seconds = [one for one in near[1:] if _adds_to(near[0], one)]
    return [near[0], *seconds[: MOST - 1]]


def _worth(reason: Reason) -> float:
    """The share that counted, much less for what is only like it; a city has a small one."""
    return reason.share * reason.near**2


def _adds_to(first: Reason, other: Reason) -> bool:
    likely = other.near >= LIKE or other.share > first.share
    held = other.mine in other.theirs or other.theirs in other.mine
    return (likely or held) and {other.theirs, other.mine}.isdisjoint({first.theirs, first.mine})
