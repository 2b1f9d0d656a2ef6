"""Looking at a part of the pool."""

from typing import Any

import pytest

from community.members import directory, privacy
from community.members.privacy import Privacy
from community.pool import browsing
from community.pool.finding import Scope, find
from community.pool.indexing import index_member, index_post
from community.scene import Scene
from tests.community.conftest import NewScene
from tests.community.people import member, post


def fill(scene: Scene) -> None:
    """Three people with five posts: numbers 1 to 5."""
    hong = member(scene, "小红", city="深圳市", industry="跨境电商", title="运营")
    gang = member(scene, "小刚", city="北京", industry="法律", title="跨境电商律师")
    li = member(scene, "小丽")
    for author, kind, text, state in (
        (hong, "offer", "跨境电商代运营", "active"),
        (gang, "offer", "跨境电商合规咨询", "active"),
        (li, "offer", "深圳南山跨境电商仓库", "active"),
        (li, "need", "想学跨境电商", "active"),
        (gang, "offer", "跨境电商讲座", "done"),
        (gang, "offer", "跨境电商书", "withdrawn"),
    ):
        index_post(scene, post(scene, author, text, kind=kind, state=state))
    for one in (hong, gang, li):
        index_member(scene.session, scene.analyser, one)


@pytest.mark.parametrize(
    ("about", "numbers"),
    [
        ({}, {1, 2, 3, 4}),
        ({"kind": "need"}, {4}),
        ({"kind": "member"}, set()),
        ({"city": "深圳"}, {1, 3}),
        ({"city": "南山"}, {1, 3}),
        ({"city": "拉萨"}, set()),
        ({"city": "某镇"}, set()),
        ({"industry": "法"}, {2}),
        ({"city": "深圳", "industry": "电商"}, {1}),
        ({"closed": True}, {1, 2, 3, 4, 5}),
        ({"closed": True, "kind": "offer", "industry": "法律"}, {2, 5}),
        ({"closed": True, "kind": "need"}, {4}),
    ],
)
def test_posts_by_words_and_without(
    scene_in: NewScene, about: dict[str, Any], numbers: set[int]
) -> None:
    with scene_in() as scene:
        fill(scene)
        ming = member(scene, "小明")
        scope = Scope(**about, posts=20)
        hits = find(scene, words="跨境电商", member=ming, scope=scope)
        assert {one.post.id for one in hits.posts} == numbers
        assert hits.all_posts == len(numbers)
        listed = browsing.newest(scene, scope=scope, size=20)
        assert [one.post.id for one in listed.posts] == sorted(numbers, reverse=True)
        assert listed.before is None


def test_members_by_words(scene_in: NewScene) -> None:
    with scene_in() as scene:
        fill(scene)
        ming = member(scene, "小明")

        def names(**about: Any) -> set[str]:
            hits = find(scene, words="跨境电商", member=ming, scope=Scope(**about))
            return {one.member.shown for one in hits.members}

        assert names() == {"小红", "小刚"}
        assert names(city="北京") == {"小刚"}
        assert names(industry="跨境") == {"小红"}
        assert names(kind="offer") == set()


def test_page_by_page(scene_in: NewScene) -> None:
    with scene_in() as scene:
        author = member(scene, "小红", city="深圳")
        for number in range(1, 6):
            index_post(scene, post(scene, author, f"跨境电商选品{number}号"))
        seen: list[int] = []
        before = None
        for _ in range(3):
            newest = browsing.newest(scene, scope=Scope(city="深圳"), before=before, size=2)
            seen += [one.post.id for one in newest.posts]
            before = newest.before
        assert (seen, before) == ([5, 4, 3, 2, 1], None)
        ming = member(scene, "小明")
        parts = [
            find(scene, words="跨境电商", member=ming, scope=Scope(posts=2, skip=skip)).posts
            for skip in (0, 2, 4)
        ]
        told = [one.post.id for part in parts for one in part]
        assert sorted(told) == [1, 2, 3, 4, 5]


def test_another_city_speaks_against_it(scene_in: NewScene) -> None:
    with scene_in() as scene:
        index_post(scene, post(scene, member(scene, "小红"), "出租北京办公室", kind="offer"))
        hits = find(scene, words="深圳办公室", member=member(scene, "小明"))
        assert [one.against for one in hits.posts] == [("在北京，不是深圳",)]


def test_a_price_above_what_is_said_speaks_against_it(scene_in: NewScene) -> None:
    with scene_in() as scene:
        index_post(scene, post(scene, member(scene, "小红"), "出投影仪，3000 元", kind="offer"))
        hits = find(scene, words="投影仪 预算 2000", member=member(scene, "小明"))
        assert [one.against for one in hits.posts] == [("要 3000 元，超出预算 2000",)]


def test_the_directory(scene_in: NewScene) -> None:
    with scene_in() as scene:
        fill(scene)
        ming = member(scene, "小明红")
        hidden = member(scene, "小红红")
        privacy.choose(scene, member=hidden, chosen=Privacy(listed=False))
        member(scene, "小黑", active=False)
        scene.session.flush()

        def names(**about: Any) -> list[str]:
            found = directory.page(scene, viewer=ming, size=3, **about)
            return [one.shown for one in found.members]

        assert names() == ["小明红", "小丽", "小刚"]
        assert names(number=2) == ["小红"]
        assert directory.page(scene, viewer=ming, size=3).total == 4
        assert names(name="红") == ["小红", "小明红"]
        assert names(name="红", city="深圳") == ["小红"]
        assert names(industry="法律") == ["小刚"]
        assert names(city="100%") == []
