"""Whether messages come and go. Other communities and people's accounts are not told of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community.group_names import group_names
from community.scene import Scene
from community.wording import channel_name
from storage.queries.traffic import counts

DAY: Final = timedelta(days=1)
LATE: Final = timedelta(minutes=10)  # what waits longer than this deserves a look
_MOST: Final = 50
_ENDS: Final = {"unknown": "不知道发没发出去", "refused": "平台拒绝了", "dropped": "放太久，没发"}


@dataclass(frozen=True)
class Lane:
    """A group, or what is said in private over a channel."""

    name: str
    channel: str
    waiting: int
    waits_since: datetime | None
    unread: int
    unread_since: datetime | None
    heard_at: datetime | None
    is_late: bool


@dataclass(frozen=True)
class Failure:
    """Something that was not sent, or perhaps not."""

    at: datetime
    where: str
    how: str


@dataclass(frozen=True)
class Health:
    """All of it."""

    lanes: Sequence[Lane]
    failures: Sequence[Failure]
    broken: int
    addresses: Sequence[str]  # of the groups
    ticked_at: datetime | None

    @property
    def is_fine(self) -> bool:
        """Nothing deserves a look."""
        return not (self.failures or self.broken or any(lane.is_late for lane in self.lanes))


def health(scene: Scene) -> Health:
    """Look."""
    session, here, since = scene.session, scene.community_id, scene.now - DAY
    groups = _groups(scene)
    failed = counts.failed(session, community_id=here, since=since, limit=_MOST)
    return Health(
        lanes=[*_of_groups(scene, groups), *_in_private(scene, groups)],
        failures=[
            Failure(at, groups.get(lane, f"私聊（{channel_name(lane)}）"), _ENDS[state])
            for lane, state, at in failed
        ],
        broken=counts.broken(session, lanes=groups, since=since),
        addresses=list(groups),
        ticked_at=counts.ticked(session, community_id=here),
    )


def _groups(scene: Scene) -> dict[str, str]:
    """Addresses and names of the community's groups."""
    settings = scene.settings
    found = group_names(scene, settings.groups)
    if settings.admin_group is not None:
        found.setdefault(settings.admin_group, "管理群")
    return found


def _of_groups(scene: Scene, groups: dict[str, str]) -> list[Lane]:
    session, here = scene.session, scene.community_id
    out = {one.lane: one for one in counts.outgoing(session, community_id=here, lanes=groups)}
    into = {one.lane: one for one in counts.incoming(session, lanes=groups)}
    heard = counts.heard(session, lanes=groups)
    lanes = []
    for address, name in groups.items():
        sends, reads = out.get(address), into.get(address)
        lanes.append(
            Lane(
                name=name,
                channel=channel_name(address),
                waiting=sends.count if sends else 0,
                waits_since=sends.since if sends else None,
                unread=reads.count if reads else 0,
                unread_since=reads.since if reads else None,
                heard_at=heard.get(address),
                is_late=any(one is not None and _late(scene, one) for one in (sends, reads)),
            )
        )
    return lanes


def _in_private(scene: Scene, groups: dict[str, str]) -> list[Lane]:
    waiting = counts.private(scene.session, community_id=scene.community_id, groups=groups)
    return [
        Lane("私聊", channel_name(one.lane), one.count, one.since, 0, None, None, _late(scene, one))
        for one in waiting
    ]


def _late(scene: Scene, queue: counts.Queue) -> bool:
    return scene.now - queue.since > LATE
