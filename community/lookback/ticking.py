"""Looking back by the clock: first at new profiles, then the letters about what was found."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from community.chosen import locked
from community.lookback import letters
from community.lookback.looking import look_back
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.queries.learning import lookback, tips
from storage.queries.people import members
from storage.tables import Member

PATIENCE = timedelta(minutes=10)  # a profile is often filled in line by line
PAUSE = timedelta(hours=24)  # between two letters to one member


def tick(
    session: Session,
    *,
    settings: Mapping[str, Settings],
    analyser: Analyser,
    now: datetime,
    limit: int = 10,
) -> int:
    """Take up at most ``limit`` members or letters; gives how many, 0 when nothing is left.

    What is done is written down in the same transaction: a second run finds nothing.
    """
    before = now - PATIENCE
    for community_id in lookback.due_in(session, before=before, among=settings.keys()):
        scene = Scene(session, locked(session, settings[community_id]), analyser, now)
        if done := _look(scene, before, limit):
            return done
    awake = {id_ for id_, one in settings.items() if letters.by_day(one, now)}
    # Only where somebody is written to: each lock is kept until the transaction ends.
    for community_id in tips.due_in(session, since=now - PAUSE, among=awake):
        scene = Scene(session, locked(session, settings[community_id]), analyser, now)
        if done := _write(scene, limit):
            return done
    return 0


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
