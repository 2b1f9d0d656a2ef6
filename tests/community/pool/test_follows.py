"""Standing wishes."""

import pytest

from community.pool.follows import MOST, follow, listed, unfollow, unfollow_about, unfollow_all
from community.pool.indexing import index_post
from storage.queries.pool.follows import candidates
from tests.community.conftest import NewScene
from tests.community.people import member, post


def test_each_keyword_becomes_a_follow(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        done = follow(scene, member=who, keywords=["跨境电商", "Java 后端"])
        assert done.added == ["跨境电商", "Java 后端"]
        assert [one.keyword for one in listed(scene, member=who)] == ["跨境电商", "Java 后端"]


@pytest.mark.parametrize(
    ("keyword", "why"),
    [
        ("跨境电商", "known"),
        ("跨境電商", "known"),
        ("合作", "too_common"),
        ("！！", "too_common"),
        ("王五", "too_common"),
        ("咖" * 31, "too_long"),
        ("㍱" * 30, "too_common"),
    ],
)
def test_some_keywords_are_not_taken(scene_in: NewScene, keyword: str, why: str) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        follow(scene, member=who, keywords=["跨境电商"])
        done = follow(scene, member=who, keywords=[keyword])
        assert getattr(done, why) == [keyword]
        assert len(listed(scene, member=who)) == 1


def test_a_member_follows_so_many_at_most(scene_in: NewScene) -> None:
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    with scene_in() as scene:
        who = member(scene, "小明")
        done = follow(scene, member=who, keywords=words)
        assert done.added == words[:MOST]
        assert done.beyond == words[MOST:]
        assert follow(scene, member=member(scene, "小红"), keywords=["茶", *words[:1]]).added


def test_follows_are_found_by_the_terms_of_a_post(scene_in: NewScene) -> None:
    with scene_in() as scene:
        follow(scene, member=member(scene, "小明"), keywords=["跨境电商", "咖啡机"])
        follow(scene, member=member(scene, "小红"), keywords=["咖啡机"])
        made = post(scene, member(scene, "小刚"), "转让一台咖啡机")
        terms = index_post(scene, made).terms
        found = candidates(scene.session, community_id="renren", terms=terms)
        assert [one.keyword for one in found] == ["咖啡机", "咖啡机"]
        assert not candidates(scene.session, community_id="other", terms=terms)


def test_unfollowing_some_all_or_what_a_post_hit(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        follow(scene, member=who, keywords=["咖啡机", "投影仪", "办公桌", "摄影师"])
        assert unfollow(scene, member=who, keywords=["投影儀", "显示器"]) == ["投影仪"]
        made = post(scene, member(scene, "小刚"), "转让一台咖啡机")
        index_post(scene, made)
        assert unfollow_about(scene, member=who, post=made) == ["咖啡机"]
        assert unfollow_about(scene, member=who, post=made) == []
        assert unfollow_all(scene, member=who) == ["办公桌", "摄影师"]
        assert listed(scene, member=who) == []
