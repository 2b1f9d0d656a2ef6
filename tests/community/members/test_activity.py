"""Who takes how much part."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.members import activity
from community.scene import Scene
from storage.tables import Credit, Member
from tests.community.conftest import NOW, NewScene
from tests.community.people import member, post


def thanks(scene: Scene, author: Member, helper: Member, at: datetime) -> None:
    done = post(scene, author, f"求 {at}", state="done")
    scene.session.add(
        Credit(community_id="renren", post_id=done.id, helper_id=helper.id, created_at=at)
    )
    scene.session.flush()


@pytest.mark.parametrize(
    ("months", "posted", "found"),
    [
        (3, False, "代言人"),
        (9, True, "代言人"),
        (2, False, "参与者"),
        (0, True, "参与者"),
        (0, False, "关注者"),
    ],
)
def test_the_rule(months: int, posted: bool, found: str) -> None:
    assert activity.rank(months=months, posted=posted) == found


@given(st.integers(0, 20), st.booleans())
def test_more_months_never_make_less_of_somebody(months: int, posted: bool) -> None:
    def at(count: int) -> int:
        return activity.ALL.index(activity.rank(months=count, posted=posted))

    assert at(months + 1) <= at(months)


def test_months_count_and_not_deeds(scene_in: NewScene) -> None:
    with scene_in() as scene:
        asker, helper = member(scene, "小明"), member(scene, "小红")
        for minute in range(5):
            thanks(scene, asker, helper, NOW - timedelta(minutes=minute))
        assert activity.of(scene, helper) == "参与者"
        for days in (35, 70):
            thanks(scene, asker, helper, NOW - timedelta(days=days))
        assert activity.of(scene, helper) == "代言人"
        assert activity.of(scene, asker) == "代言人"


def test_what_is_long_ago_or_was_taken_back_does_not_count(scene_in: NewScene) -> None:
    with scene_in() as scene:
        asker, helper, looker = (member(scene, name) for name in ("小明", "小红", "小刚"))
        for days in (400, 430, 460):
            thanks(scene, asker, helper, NOW - timedelta(days=days))
        post(scene, looker, "手滑", state="undone")
        assert activity.of(scene, helper) == "关注者"
        assert activity.census(scene) == {"代言人": 0, "参与者": 1, "关注者": 2}
