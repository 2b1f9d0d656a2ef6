"""What is stored can be found, and nothing else can."""

from community.members.people import get_or_create_member
from community.pool.indexing import index_follow, index_member, index_post, profile_of, refresh
from community.scene import Scene
from matching import Analyser
from storage.database import Database
from storage.queries.pool import postings
from storage.tables import Follow, Member, Post
from tests.community.conftest import NOW, NewScene
from tests.community.people import member, post


def found(scene: Scene, shelf: str, word: str) -> list[int]:
    """Items on the shelf that carry the word."""
    return postings.candidates(
        scene.session, community_id="renren", shelf=shelf, weights={word: 1.0}, limit=10
    )


def test_a_post_is_found_on_the_shelf_of_its_kind(scene_in: NewScene) -> None:
    with scene_in() as scene:
        made = post(scene, member(scene, "小明"), "求一台咖啡机", kind="need")
        index_post(scene, made)
        assert found(scene, "need", "咖啡机") == [made.id]
        assert found(scene, "offer", "咖啡机") == []
        assert made.analysis_version == scene.analyser.version


def test_a_closed_post_is_not_found(scene_in: NewScene) -> None:
    with scene_in() as scene:
        made = post(scene, member(scene, "小明"), "求一台咖啡机")
        index_post(scene, made)
        made.state = "done"
        index_post(scene, made)
        assert found(scene, "need", "咖啡机") == []


def test_a_changed_post_is_found_by_its_new_words_alone(scene_in: NewScene) -> None:
    with scene_in() as scene:
        made = post(scene, member(scene, "小明"), "求一台咖啡机")
        index_post(scene, made)
        made.text = "求一台投影仪"
        index_post(scene, made)
        assert found(scene, "need", "投影仪") == [made.id]
        assert found(scene, "need", "咖啡机") == []


def test_a_member_is_found_by_every_field(scene_in: NewScene) -> None:
    with scene_in() as scene:
        made = member(
            scene,
            "小明",
            company="拾光科技",
            title="摄影师",
            industry="餐饮",
            skills=["咖啡机维修"],
            keywords=["显示器"],
            bio="做过音乐节",
            gives="办公桌",
            seeks="投影仪",
        )
        index_member(scene.session, scene.analyser, made)
        for word in ("摄影师", "餐饮", "维修", "显示器", "音乐节", "办公桌", "投影仪"):
            assert found(scene, "member", word) == [made.id], word


def test_an_inactive_member_is_not_found(scene_in: NewScene) -> None:
    with scene_in() as scene:
        made = member(scene, "小明", title="摄影师")
        index_member(scene.session, scene.analyser, made)
        made.active = False
        index_member(scene.session, scene.analyser, made)
        assert found(scene, "member", "摄影师") == []


def test_what_a_member_gives_is_not_taken_for_what_he_looks_for(analyser: Analyser) -> None:
    with_gives = Member(
        community_id="renren", id=1, gives="招聘渠道、采购", created_at=NOW, updated_at=NOW
    )
    with_seeks = Member(community_id="renren", id=2, seeks="摄影师", created_at=NOW, updated_at=NOW)
    assert wants(analyser, with_gives) == {False}
    assert wants(analyser, with_seeks) == {True}


def wants(analyser: Analyser, who: Member) -> set[bool]:
    return {unit.wants for unit in analyser.profile(profile_of(who)).units}


def test_rows_of_other_rules_are_brought_up_to_date(
    scene_in: NewScene, database: Database, analyser: Analyser
) -> None:
    with scene_in() as scene:
        author = member(scene, "小明", title="摄影师")
        made = post(scene, author, "求一台咖啡机")
        closed = post(scene, author, "求一台投影仪", state="done")
        scene.session.add(
            Follow(
                community_id="renren", id=1, member_id=author.id, keyword="咖啡机", term="?",
                analysis_version="0-old", created_at=NOW,
            )
        )  # fmt: skip
    counts: list[int] = []
    while not counts or counts[-1]:
        with database.begin() as session:
            counts.append(refresh(session, analyser=analyser, limit=3))
    assert counts == [3, 1, 0]
    with scene_in() as scene:
        assert found(scene, "need", "咖啡机") == [made.id]
        assert found(scene, "need", "投影仪") == []
        assert found(scene, "member", "摄影师") == [author.id]
        follow = scene.session.get_one(Follow, ("renren", 1))
        assert follow.term in index_post(scene, made).terms
        assert scene.session.get_one(Post, ("renren", closed.id)).analysis_version


def test_a_keyword_of_nothing_but_filler_has_no_term(analyser: Analyser) -> None:
    empty = Follow(community_id="renren", id=1, member_id=1, keyword="合作", term="?",
                   created_at=NOW)  # fmt: skip
    index_follow(analyser, empty)
    assert empty.term == ""


def test_a_card_first_seen_while_its_owner_speaks_is_searched_too(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = get_or_create_member(scene, account="onebot:小明", name="小明", card="小明")
        index_member(scene.session, scene.analyser, who)
        get_or_create_member(scene, account="onebot:小明", name="小明", card="小明-拾光-摄影师")
        assert refresh(scene.session, analyser=scene.analyser, limit=10) == 1
        assert found(scene, "member", "摄影师") == [who.id]
        get_or_create_member(scene, account="onebot:小明", name="小明", card="小明-拾光-摄影师")
        assert refresh(scene.session, analyser=scene.analyser, limit=10) == 0
