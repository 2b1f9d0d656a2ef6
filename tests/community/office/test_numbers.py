"""What the dashboard counts, on both databases."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from community.office.numbers import caption, mondays, numbers
from community.scene import Scene
from storage.tables import Label, Match, Post
from tests.community import people
from tests.community.conftest import NOW, NewScene

HOUR = timedelta(hours=1)


def match(scene: Scene, number: int, post: Post, after: timedelta, *, shown: bool = True) -> None:
    scene.session.add(
        Match(community_id="renren", id=number, post_id=post.id, target_member_id=1, score=1.0,
              shown=shown, created_at=post.created_at + after)
    )  # fmt: skip


def test_weeks_begin_on_monday_in_the_zone() -> None:
    shanghai = ZoneInfo("Asia/Shanghai")
    sunday_night = datetime(2026, 3, 1, 15, 59, tzinfo=UTC)
    assert mondays(sunday_night, shanghai, 1)[0].isoformat() == "2026-02-23T00:00:00+08:00"
    monday = sunday_night + timedelta(minutes=1)
    assert mondays(monday, shanghai, 1)[0].isoformat() == "2026-03-02T00:00:00+08:00"
    spring = mondays(datetime(2026, 4, 1, tzinfo=UTC), ZoneInfo("Europe/Berlin"), 2)
    assert [one.isoformat() for one in spring] == [
        "2026-03-23T00:00:00+01:00", "2026-03-30T00:00:00+02:00",
    ]  # fmt: skip


def test_members_and_posts_by_week(scene_in: NewScene) -> None:
    with scene_in(NOW - timedelta(days=400)) as scene:
        people.member(scene, "老人")
    with scene_in(NOW - timedelta(days=7)) as scene:
        author = people.member(scene, "小明")
        people.member(scene, "走了", active=False)
        people.post(scene, author, "一", kind="offer")
        people.post(scene, author, "手滑", state="undone")
    with scene_in() as scene:
        author = people.member(scene, "小红")
        people.post(scene, author, "二")
        people.post(scene, author, "三")
        found = numbers(scene)
        members, posts = found.charts
        assert members.series[0].values[-3:] == [1, 2, 3]
        assert members.weeks[-2:] == ["2/23", "3/2"]
        assert [one.values[-2:] for one in posts.series] == [[0, 2], [1, 0]]
        assert (found.members, found.newcomers, found.posts) == (3, 1, 2)
        told = caption(scene, found, members)
        assert told.startswith("「老友记」成员\n成员 3 位，本周新增 1 位。")
        assert "3/2 3 位" in told
        assert "本周需求 2 条、供给 0 条。" in caption(scene, found, posts)


def test_what_came_to_something_and_how_soon(scene_in: NewScene) -> None:
    with scene_in(NOW - timedelta(days=2)) as scene:
        author = people.member(scene, "小明")
        listed, stored, done, useful = (people.post(scene, author, one) for one in "甲乙丙丁")
        people.post(scene, author, "撤了", state="withdrawn")
        match(scene, 1, listed, 2 * HOUR)
        match(scene, 2, listed, 3 * HOUR)
        match(scene, 3, done, 4 * HOUR)
        match(scene, 4, stored, HOUR, shown=False)
        done.state, done.closed_at = "done", scene.now + 10 * HOUR
        scene.session.add(
            Label(community_id="renren", id=1, post_id=useful.id, by_id=author.id, source="said",
                  good=True, score=1.0, coverage=1.0, rules="", created_at=scene.now)
        )  # fmt: skip
    with scene_in() as scene:
        found = numbers(scene)
        assert (found.asked, found.answered, found.share) == (4, 3, "75%")
        assert (found.to_match, found.to_done) == (3.0, 10.0)


def test_nothing_yet(scene_in: NewScene) -> None:
    with scene_in() as scene:
        found = numbers(scene)
        assert (found.share, found.to_match, found.to_done) == ("–", None, None)
