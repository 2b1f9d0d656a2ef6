"""The figures of a community."""

from datetime import timedelta

from community.office.stats import Figures, Helper, figures
from storage.queries import counters
from storage.tables import Credit, Match
from tests.community.conftest import NOW, NewScene
from tests.community.people import member, post


def test_an_empty_community(scene_in: NewScene) -> None:
    with scene_in() as scene:
        assert figures(scene) == Figures(0, 0, 0, 0, 0, 0, 0, 0, ())


def test_counts_what_lives_was_done_and_was_answered(scene_in: NewScene) -> None:
    with scene_in(NOW - timedelta(days=40)) as scene:
        post(scene, member(scene, "小明"), "很久以前", state="expired")
    with scene_in(NOW - timedelta(days=10)) as scene:
        asker, helper = member(scene, "小明"), member(scene, "小红")
        done = post(scene, asker, "求咖啡机", state="done")
        post(scene, asker, "手滑", state="undone")
        post(scene, asker, "不要了", state="withdrawn")
        scene.session.add(Credit(community_id="renren", post_id=done.id, helper_id=helper.id,
                                 created_at=NOW))  # fmt: skip
    with scene_in() as scene:
        need = post(scene, asker, "求投影仪")
        offer = post(scene, helper, "出投影仪", kind="offer")
        post(scene, asker, "求摄影师")
        member(scene, "小刚", active=False)
        scene.session.add(
            Match(
                community_id="renren", post_id=offer.id, target_post_id=need.id, score=1,
                shown=True,
                id=counters.take(scene.session, community_id="renren", name="match"),
                created_at=NOW,
            )
        )  # fmt: skip
        scene.session.flush()
        assert figures(scene) == Figures(
            members=2, needs=2, offers=1, week=3, month=4, answered=3, done=1, thanked=1,
            helpers=(Helper("小红", 1),),
        )  # fmt: skip


def test_the_three_who_helped_most(scene_in: NewScene) -> None:
    with scene_in() as scene:
        asker = member(scene, "小明")
        for name, times in (("甲", 1), ("乙", 3), ("丙", 1), ("丁", 2), ("戊", 1)):
            helper = member(scene, name)
            for _ in range(times):
                made = post(scene, asker, "求助", state="done")
                scene.session.add(Credit(community_id="renren", post_id=made.id,
                                         helper_id=helper.id, created_at=NOW))  # fmt: skip
        scene.session.flush()
        helpers = figures(scene).helpers
        assert helpers == (Helper("乙", 3), Helper("丁", 2), Helper("甲", 1))
