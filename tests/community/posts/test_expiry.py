"""The end of a post's time, by a clock that the test turns."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from community.due import Round
from community.pool.indexing import index_post
from community.posts.expiry import first_notice, tick
from matching import Analyser
from storage.database import Database
from storage.queries import audit
from storage.queries.pool import postings
from storage.tables import Outbox, Post
from tests.community.conftest import NOW, SETTINGS, NewScene
from tests.community.people import member, post

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("life", "before"),
    [
        (timedelta(days=90), timedelta(days=7)),
        (timedelta(days=8), timedelta(days=7)),
        (timedelta(days=7, hours=23), DAY),
        (timedelta(days=7), DAY),
        (timedelta(hours=25), DAY),
        (DAY, timedelta(0)),
        (timedelta(hours=1), timedelta(0)),
    ],
)
def test_the_first_notice(life: timedelta, before: timedelta) -> None:
    assert first_notice(expires_at=NOW + life, now=NOW) == NOW + life - before


@pytest.fixture
def days(scene_in: NewScene, database: Database, analyser: Analyser) -> "Days":
    """A community in which time passes."""
    return Days(scene_in, database, analyser)


class Days:
    """Turns the clock a step at a time and reads what went out."""

    def __init__(self, scene_in: NewScene, database: Database, analyser: Analyser) -> None:
        self.scene_in = scene_in
        self.database = database
        self.analyser = analyser

    def begin(self, lasts: timedelta) -> int:
        """A post that lives so long."""
        with self.scene_in() as scene:
            notice = first_notice(expires_at=NOW + lasts, now=NOW)
            made = post(scene, member(scene, "小明"), "求一台咖啡机", lasts=lasts, notice_at=notice)
            index_post(scene, made)
            return made.id

    def tick(self, now: datetime, limit: int = 100) -> int:
        """What the clock does every minute."""
        with self.database.begin() as session:
            settings = {"renren": SETTINGS}
            return tick(Round(session, settings, self.analyser, now, limit))

    def told(self) -> list[tuple[str, str]]:
        """Everything that went out: to whom, and what."""
        with self.database.read() as session:
            rows = session.exec(select(Outbox).order_by(col(Outbox.id)))
            return [(row.lane, row.action) for row in rows]


@pytest.mark.parametrize(
    ("life", "hours_before"),
    [(timedelta(days=90), [168, 24, 0]), (timedelta(days=7), [24, 0])],
)
def test_notices_come_at_their_hours(days: Days, life: timedelta, hours_before: list[int]) -> None:
    days.begin(life)
    hours = int(life / timedelta(hours=1))
    told = [hour for hour in range(hours + 48) if days.tick(NOW + timedelta(hours=hour))]
    assert [hours - hour for hour in told] == hours_before
    assert len(days.told()) == len(hours_before)


def test_at_its_end_a_post_is_put_away(days: Days) -> None:
    number = days.begin(DAY)
    assert days.tick(NOW + DAY) == 1
    with days.scene_in() as scene:
        made = scene.session.get_one(Post, ("renren", number))
        assert (made.state, made.closed_at, made.notice_at) == ("expired", NOW + DAY, None)
        assert postings.size(scene.session, community_id="renren", shelf="need") == 0
        noted = audit.of(scene.session, community_id="renren", subject="post", subject_id=number)
        assert [(one.verb, one.actor_id) for one in noted] == [("expire", None)]


def test_a_bot_that_was_off_for_weeks_tells_once(days: Days) -> None:
    days.begin(timedelta(days=90))
    assert days.tick(NOW + timedelta(days=120)) == 1
    assert days.tick(NOW + timedelta(days=120)) == 0
    [(lane, action)] = days.told()
    assert lane == "onebot:小明"
    assert "到期了" in action


def test_a_bot_that_was_off_for_days_tells_how_much_time_is_left(days: Days) -> None:
    days.begin(timedelta(days=90))
    assert days.tick(NOW + timedelta(days=86, hours=12)) == 1
    [(_, action)] = days.told()
    assert "#1 需求「求一台咖啡机」还有 4 天到期（5月31日 12:00）" in action
    assert days.tick(NOW + timedelta(days=88)) == 0
    assert days.tick(NOW + timedelta(days=89)) == 1
    assert "还有 24 小时到期" in days.told()[-1][1]


def test_two_clocks_at_once_tell_once(days: Days) -> None:
    for _ in range(20):
        days.begin(DAY)
    with ThreadPoolExecutor() as pool:
        counts = list(pool.map(lambda _: days.tick(NOW + DAY, limit=7), range(6)))
    assert sum(counts) == 20
    assert len(days.told()) == 20


def test_a_batch_is_bounded(days: Days) -> None:
    for _ in range(3):
        days.begin(DAY)
    assert [days.tick(NOW + DAY, limit=2) for _ in range(3)] == [2, 1, 0]


def test_closed_posts_and_strange_communities_are_left_alone(days: Days) -> None:
    number = days.begin(DAY)
    with days.database.begin() as session:
        assert tick(Round(session, {}, days.analyser, NOW + DAY, 100)) == 0
    with days.scene_in() as scene:
        scene.session.get_one(Post, ("renren", number)).state = "done"
    assert days.tick(NOW + DAY) == 0


def test_nobody_is_told_who_has_left(days: Days) -> None:
    days.begin(DAY)
    with days.scene_in() as scene:
        member(scene, "小明", active=False)
    assert days.tick(NOW + DAY) == 1
    assert days.told() == []
