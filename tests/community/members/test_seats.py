"""Who sits in which group."""

from datetime import timedelta

from community.members import seats
from community.membership import leaving
from community.pool.indexing import index_member
from community.scene import Scene
from community.updates import Seat as Seen
from storage.queries.people import people
from storage.queries.pool import postings
from storage.tables import Group, Seat
from tests.community.conftest import NOW, NewScene
from tests.community.people import member

GROUP = "onebot:100"
OTHER = "onebot:101"


def sits(scene: Scene, *who: str, group: str = GROUP, complete: bool = True) -> None:
    """The platform's member list; ``小明/新名片`` wears a card."""
    seen = [
        Seen(account=f"onebot:{name}", name=name, card=card or name)
        for name, _, card in (one.partition("/") for one in who)
    ]
    seats.apply_changes(scene, group=group, seen=seen, left=(), complete=complete)


def leaves(scene: Scene, who: str, group: str = GROUP) -> None:
    """Somebody goes."""
    seats.apply_changes(scene, group=group, seen=(), left=[f"onebot:{who}"], complete=False)


def present(scene: Scene, group: str = GROUP) -> set[str]:
    """Who sits there now."""
    rows = people.seats(scene.session, community_id="renren", group=group)
    return {seat.name for seat in rows}


def test_a_full_list_marks_the_others_as_left(scene_in: NewScene) -> None:
    with scene_in() as scene:
        sits(scene, "小明", "小红")
    with scene_in(NOW + timedelta(days=1)) as scene:
        sits(scene, "小红", "小刚")
        assert present(scene) == {"小红", "小刚"}
        gone = scene.session.get_one(Seat, ("renren", GROUP, "onebot:小明"))
        assert gone.left_at == scene.now
        assert scene.session.get_one(Group, ("renren", GROUP)).synced_at == scene.now


def test_a_change_leaves_the_others_where_they_are(scene_in: NewScene) -> None:
    with scene_in() as scene:
        sits(scene, "小明", "小红")
        sits(scene, "小刚", complete=False)
        leaves(scene, "小红")
        leaves(scene, "从没来过")
        assert present(scene) == {"小明", "小刚"}
        sits(scene, "小红", complete=False)
        assert present(scene) == {"小明", "小刚", "小红"}


def test_an_empty_list_is_not_believed(scene_in: NewScene) -> None:
    with scene_in() as scene:
        sits(scene, "小明")
        sits(scene)
        assert present(scene) == {"小明"}


def test_a_new_card_becomes_the_nickname(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", group_nickname="小明")
        sits(scene, "小明/小明-拾光-摄影师", "路人")
        assert who.group_nickname == "小明-拾光-摄影师"
        found = postings.candidates(
            scene.session, community_id="renren", shelf="member", weights={"摄影师": 1.0}, limit=3
        )
        assert found == [who.id]


def test_whoever_left_every_group_stays_a_member(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", title="摄影师")
        index_member(scene.session, scene.analyser, who)
        sits(scene, "小明", "小红")
        sits(scene, "小明", "小红", group=OTHER)
        leaves(scene, "小明")
        leaves(scene, "小明", group=OTHER)
        assert who.active
        assert postings.size(scene.session, community_id="renren", shelf="member") == 1


def test_whoever_quit_stays_out_though_he_comes_back_to_the_group(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "小明", title="摄影师")
        sits(scene, "小明", "小红")
        leaving.leave(scene, member=who)
        leaves(scene, "小明")
        sits(scene, "小明/小明-摄影师", complete=False)
        assert not who.active
        assert postings.size(scene.session, community_id="renren", shelf="member") == 0


def test_somebody_set_inactive_stays_so_while_his_seat_does_not_change(
    scene_in: NewScene,
) -> None:
    with scene_in() as scene:
        who = member(scene, "小明")
        sits(scene, "小明")
        who.active = False
        sits(scene, "小明")
        assert not who.active
