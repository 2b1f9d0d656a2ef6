"""Members who had a letter today keep nobody from writing in their community meanwhile."""

from datetime import timedelta

from community.due import Round
from community.lookback.ticking import PAUSE, tick
from matching import Analyser
from storage.database import Database
from storage.tables import Tip
from tests.community.conftest import NOW, SETTINGS, NewScene
from tests.community.people import member, post
from tests.listening import statements


def look(database: Database, analyser: Analyser, *, hours: int) -> int:
    """One step, so long after the letter."""
    with database.begin() as session:
        now = NOW + timedelta(hours=hours)
        return tick(Round(session, {SETTINGS.id: SETTINGS}, analyser, now, 10))


def test_only_where_somebody_is_written_to_a_lock_is_taken(
    scene_in: NewScene, database: Database, analyser: Analyser
) -> None:
    with scene_in() as scene:
        author = member(scene, "张三")
        need, told = (post(scene, author, text) for text in ("找会计", "找律师"))
        for number, at in ((1, None), (2, NOW)):
            scene.session.add(
                Tip(
                    community_id=scene.community_id,
                    id=number,
                    member_id=author.id,
                    post_id=need.id,
                    target_post_id=told.id,
                    score=0.5,
                    why="会计",
                    created_at=NOW,
                    told_at=at,
                )
            )
    with statements(database) as asked:
        assert look(database, analyser, hours=1) == 0
    assert not [one for one in asked if "FROM community" in one]
    assert look(database, analyser, hours=PAUSE // timedelta(hours=1) + 1) == 1
