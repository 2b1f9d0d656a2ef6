"""Search: what fits is found and ranked, alike on both databases, and nothing else."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from community.pool import search
from community.pool.indexing import index_member, index_post
from community.pool.search import ranked
from community.scene import Scene
from matching import Analyser, Ranked
from storage.database import Database
from storage.queries import communities
from storage.tables import Member, Post
from tests.community.conftest import NOW, SETTINGS, NewScene
from tests.community.people import member, post
from tests.conftest import NewUrl

Row = dict[str, str]

RENREN = Path(__file__).parents[3] / "bench" / "data" / "renren"


def shelve(scene: Scene, author: Member, text: str, **fields: Any) -> Post:
    made = post(scene, author, text, **fields)
    index_post(scene, made)
    return made


def found(scene: Scene, text: str, shelf: str, exclude: int | None = None) -> list[int]:
    query = scene.analyser.analyse(text, "need")
    return [one.id for one in ranked(scene, query=query, shelf=shelf, exclude_author=exclude)]


def test_the_nearer_post_comes_first(scene_in: NewScene) -> None:
    with scene_in() as scene:
        li = member(scene, "李四")
        near = shelve(scene, li, "做过三年亚马逊运营，跨境电商找合作", kind="offer")
        far = shelve(scene, li, "跨境电商客服外包", kind="offer")
        shelve(scene, li, "儿童绘本一套", kind="offer")
        assert found(scene, "找做过亚马逊运营的跨境电商合伙人", "offer") == [near.id, far.id]


def test_only_a_small_shelf_is_looked_through_as_a_whole(
    scene_in: NewScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scene_in() as scene:
        near = shelve(scene, member(scene, "李四"), "厂房补漏、金刚砂地坪", kind="offer")
        assert found(scene, "房顶一落雨就漏", "offer") == [near.id]  # though no word meets
        monkeypatch.setattr(search, "SMALL", 0)
        assert found(scene, "房顶一落雨就漏", "offer") == []


def test_a_shelf_holds_its_kind_alone(scene_in: NewScene) -> None:
    with scene_in() as scene:
        shelve(scene, member(scene, "李四"), "求一台咖啡机", kind="need")
        assert found(scene, "求一台咖啡机", "offer") == []


def test_the_author_himself_is_left_out(scene_in: NewScene) -> None:
    with scene_in() as scene:
        li = member(scene, "李四", bio="卖咖啡机")
        index_member(scene.session, scene.analyser, li)
        shelve(scene, li, "出一台咖啡机", kind="offer")
        for shelf in ("offer", "member"):
            assert found(scene, "咖啡机", shelf) != []
            assert found(scene, "咖啡机", shelf, exclude=li.id) == []


def test_what_has_run_out_is_not_found_even_before_it_is_put_away(scene_in: NewScene) -> None:
    with scene_in() as scene:
        shelve(scene, member(scene, "李四"), "出一台咖啡机", kind="offer", lasts=timedelta(days=7))
    with scene_in(NOW + timedelta(days=8)) as scene:
        assert found(scene, "咖啡机", "offer") == []


def test_members_who_are_not_indexed_or_gone_are_not_found(scene_in: NewScene) -> None:
    with scene_in() as scene:
        gone = member(scene, "李四", bio="卖咖啡机")
        index_member(scene.session, scene.analyser, gone)
        gone.active = False
        member(scene, "王五", bio="卖咖啡机")
        assert found(scene, "咖啡机", "member") == []


@pytest.mark.parametrize("text", ["", "，。🙏", "合作", "的"])
def test_nothing_to_go_by_finds_nothing(scene_in: NewScene, text: str) -> None:
    with scene_in() as scene:
        shelve(scene, member(scene, "李四"), "出一台咖啡机，欢迎合作", kind="offer")
        assert found(scene, text, "offer") == []


@pytest.mark.postgres
def test_both_databases_rank_alike(new_url: NewUrl, analyser: Analyser) -> None:
    lines = (RENREN / "posts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    on_sqlite, on_postgres = (
        rankings(Database(new_url(kind, migrated=True)), analyser, rows)
        for kind in ("sqlite", "postgres")
    )
    assert on_sqlite == on_postgres
    assert sum(map(len, on_sqlite)) > len(rows)


def rankings(database: Database, analyser: Analyser, rows: list[Row]) -> list[list[Ranked]]:
    """What each of the posts finds among all of them."""
    with database.begin() as session:
        communities.ensure(session, community_id="renren", name="", groups=(), now=NOW)
        scene = Scene(session, SETTINGS, analyser, NOW)
        author = member(scene, "李四")
        for row in rows:
            shelve(scene, author, row["text"], kind=row["kind"])
        found = [
            ranked(
                scene,
                query=analyser.analyse(row["text"], row["kind"]),
                shelf="offer" if row["kind"] == "need" else "need",
                limit=20,
            )
            for row in rows
        ]
    database.close()
    return found
