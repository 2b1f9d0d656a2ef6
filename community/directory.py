"""Who is meant by a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from community.scene import Scene
from matching import fold
from storage.queries import members
from storage.tables import Member

_PART = re.compile(r"[\s\-－—–_｜|/·@()（）]+")
_FAR = 3


@dataclass(frozen=True)
class Namesakes:
    """The first of those who answer to a name, and how many there are in all."""

    members: Sequence[Member]
    total: int


def find(scene: Scene, *, name: str, limit: int = 10) -> Namesakes:
    """Active members of that name; else those whose name begins with it, else contains it."""
    wanted = fold(name)
    if not wanted:
        return Namesakes((), 0)
    tiers: dict[int, list[int]] = {}
    for id_, *called in members.names(scene.session, community_id=scene.community_id):
        nearest = min(_distance(wanted, fold(one)) for one in called)
        tiers.setdefault(nearest, []).append(id_)
    tiers.pop(_FAR, None)
    best = tiers[min(tiers)] if tiers else []
    first = members.by_ids(scene.session, community_id=scene.community_id, ids=best[:limit])
    return Namesakes(first, len(best))


def _distance(wanted: str, name: str) -> int:
    """0 the name or a part of 姓名-公司-职位, 1 its beginning, 2 somewhere in it."""
    if wanted == name or wanted in _PART.split(name):
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if wanted in name else _FAR
