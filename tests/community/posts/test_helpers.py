"""Whom an author has to choose from when a post came to its good end."""

from community.members import privacy
from community.members.privacy import Privacy
from community.membership import standing
from community.posts import helpers
from community.scene import Scene
from storage.queries.pool import matches
from storage.queries.pool.matches import NewMatch
from storage.tables import Member, Post
from tests.community.conftest import NewScene
from tests.community.people import member, post


def _matched(scene: Scene, own: Post, other: Post | Member, *, shown: bool = True) -> None:
    new = NewMatch(
        post_id=own.id, score=1.0, coverage=1.0, reasons=(), parts=(), features={}, shown=shown,
        target_post_id=other.id if isinstance(other, Post) else None,
        target_member_id=other.id if isinstance(other, Member) else None,
    )  # fmt: skip
    matches.add(scene.session, community_id=scene.community_id, new=[new], rules="", at=scene.now)


def test_who_was_shown_with_the_post_is_to_choose_from(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong, lan, hidden = (member(scene, name) for name in ("小明", "小红", "小兰", "小芳"))
        member(scene, "小刚")
        need = post(scene, ming, "找一位会计师")
        offer = post(scene, hong, "会计师接单", kind="offer")
        _matched(scene, offer, need)  # the offer came later
        _matched(scene, need, hidden)
        _matched(scene, need, lan, shown=False)
        privacy.choose(scene, member=hidden, chosen=Privacy(listed=False))
        found = helpers.candidates(scene, post=need, viewer=ming, chosen=[])
        assert [one.shown for one in found.people] == ["小红", "小芳"]
        assert not found.nobody


def test_who_is_not_listed_is_not_chosen_by_his_number(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong, hidden, gone = (
            member(scene, name) for name in ("小明", "小红", "小芳", "小兰")
        )
        need = post(scene, ming, "找一位会计师")
        privacy.choose(scene, member=hidden, chosen=Privacy(listed=False))
        gone.active = False
        scene.session.flush()
        chosen = [hidden.id, gone.id, hong.id]
        meant = helpers.meant(scene, post=need, viewer=ming, chosen=chosen)
        assert [one.shown for one in meant] == ["小红"]
        found = helpers.candidates(scene, post=need, viewer=ming, chosen=chosen, name="小芳")
        assert [one.shown for one in found.people] == ["小红"]
        assert found.nobody


def test_the_author_has_not_helped_himself(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming = member(scene, "小明")
        need = post(scene, ming, "找一位会计师")
        scene.session.flush()
        found = helpers.candidates(scene, post=need, viewer=ming, chosen=[], name="小明")
        assert (found.people, found.nobody) == ([], False)


def test_a_guest_chooses_among_those_whom_he_was_shown(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ming, hong, lan = (member(scene, name) for name in ("小明", "小红", "小兰"))
        standing.of(scene, member=ming).role = "guest"
        need = post(scene, ming, "找一位会计师")
        _matched(scene, need, hong)
        found = helpers.candidates(scene, post=need, viewer=ming, chosen=[lan.id], name="小兰")
        assert [one.shown for one in found.people] == ["小红"]
        chosen = helpers.meant(scene, post=need, viewer=ming, chosen=[hong.id, lan.id])
        assert [one.shown for one in chosen] == ["小红"]
