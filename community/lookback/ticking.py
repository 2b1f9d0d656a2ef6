"""Looking back by the clock: first at new profiles, then the letters about what was found."""

from datetime import datetime, timedelta

from community.due import Round
from community.lookback import letters
from community.lookback.looking import look_back
from community.scene import Scene
from storage.queries.learning import lookback, tips
from storage.queries.people import members
from storage.tables import Member

PATIENCE = timedelta(minutes=10)  # a profile is often filled in line by line
PAUSE = timedelta(hours=24)  # between two letters to one member


def tick(turn: Round) -> int:
    """Take up members or letters of one community; gives how many, 0 when nothing is left."""
    session, settings, before = turn.session, turn.settings, turn.now - PATIENCE
    # Only where there is something to do, and in one alone: its lock is kept to the end.
    fresh = lookback.due_in(session, before=before, among=settings.keys())
    if fresh:
        return _look(turn.scene(fresh[0]), before, turn.limit)
    awake = {id_ for id_, one in settings.items() if letters.is_daytime(one, turn.now)}
    unread = tips.due_in(session, since=turn.now - PAUSE, among=awake)
    return _write(turn.scene(unread[0]), turn.limit) if unread else 0


def _look(scene: Scene, before: datetime, limit: int) -> int:
    session, community_id = scene.session, scene.community_id
    due = lookback.due(session, community_id=community_id, before=before, limit=limit)
    found = members.by_ids(session, community_id=community_id, ids=[one.member_id for one in due])
    look_back(scene, found)
    for one in due:
        session.delete(one)
    session.flush()
    return len(due)


def _write(scene: Scene, limit: int) -> int:
    waiting = tips.waiting_for(
        scene.session, community_id=scene.community_id, since=scene.now - PAUSE, limit=limit
    )
    for member_id in waiting:
        letters.write(scene, scene.session.get_one(Member, (scene.community_id, member_id)))
    return len(waiting)
