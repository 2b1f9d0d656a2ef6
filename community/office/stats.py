"""How a community is doing."""

from dataclasses import dataclass
from datetime import timedelta

from community.scene import Scene
from storage.queries.people import members
from storage.queries.pool import stats as queries

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Helper:
    """Somebody who got others' posts done, and how often."""

    name: str
    times: int


@dataclass(frozen=True)
class Figures:
    """What the community is told about itself."""

    members: int
    needs: int  # live
    offers: int
    week: int  # posts of the last seven days
    month: int  # posts of the last thirty days that were not withdrawn
    answered: int  # of those: found a match, or done
    done: int
    thanked: int  # done, with the helper named
    helpers: tuple[Helper, ...]


@dataclass(frozen=True)
class Outside:
    """What strangers are told."""

    members: int
    month: int  # posts of the last thirty days that were not withdrawn
    done: int


def outside(scene: Scene) -> Outside:
    """Count what strangers are told."""
    session, community_id = scene.session, scene.community_id
    month, _ = queries.posted(session, community_id=community_id, since=scene.now - MONTH)
    done, _ = queries.done(session, community_id=community_id)
    return Outside(members.count(session, community_id=community_id), month, done)


def figures(scene: Scene) -> Figures:
    """Count."""
    session, community_id = scene.session, scene.community_id
    live = queries.live(session, community_id=community_id)
    week, _ = queries.posted(session, community_id=community_id, since=scene.now - WEEK)
    month, answered = queries.posted(session, community_id=community_id, since=scene.now - MONTH)
    done, thanked = queries.done(session, community_id=community_id)
    helpers = queries.helpers(session, community_id=community_id, limit=3)
    return Figures(
        members=members.count(session, community_id=community_id),
        needs=live.get("need", 0),
        offers=live.get("offer", 0),
        week=week,
        month=month,
        answered=answered,
        done=done,
        thanked=thanked,
        helpers=tuple(Helper(member.shown, times) for member, times in helpers),
    )
