"""How much part somebody takes: 代言人, 参与者 or 关注者, worked out from what was done.

In the last twelve months, by the community's calendar: with a confirmed outcome (somebody
thanked him, or he thanked somebody for a post of his own) in three different months a member is a
代言人; with at least one outcome or one post that was not taken back a 参与者; else a 关注者.
Months are counted and not deeds, so that nobody becomes a 代言人 in an afternoon.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from community.scene import Scene
from storage.queries.people import activity, members
from storage.queries.pool import credits
from storage.tables import Member

Activity = Literal["代言人", "参与者", "关注者"]
ALL: Final[tuple[Activity, ...]] = ("代言人", "参与者", "关注者")
YEAR = timedelta(days=365)
MONTHS = 3


def rank(*, months: int, posted: bool) -> Activity:
    """The rule itself."""
    if months >= MONTHS:
        return "代言人"
    return "参与者" if months or posted else "关注者"


def of(scene: Scene, member: Member) -> Activity:
    """What one member is."""
    months, posted = _deeds(scene, member.id)
    return rank(months=months.get(member.id, 0), posted=member.id in posted)


def thanks(scene: Scene, member: Member) -> int:
    """How often somebody has thanked the member for a post."""
    return credits.count(scene.session, community_id=scene.community_id, helper_id=member.id)


def census(scene: Scene) -> Mapping[Activity, int]:
    """How many active members are what."""
    months, posted = _deeds(scene, None)
    found: Counter[Activity] = Counter(dict.fromkeys(ALL, 0))
    for number, _, _ in members.names(scene.session, community_id=scene.community_id):
        found[rank(months=months.get(number, 0), posted=number in posted)] += 1
    return found


def _deeds(scene: Scene, member_id: int | None) -> tuple[Mapping[int, int], set[int]]:
    """Months with an outcome by member, and who posted."""
    session, here, since = scene.session, scene.community_id, scene.now - YEAR
    months: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    for number, at in activity.outcomes(
        session, community_id=here, since=since, member_id=member_id
    ):
        months[number].add(_month(scene, at))
    posted = activity.posted(session, community_id=here, since=since, member_id=member_id)
    return {number: len(found) for number, found in months.items()}, posted


def _month(scene: Scene, at: datetime) -> tuple[int, int]:
    local = at.astimezone(scene.settings.zone)
    return local.year, local.month
