"""Accounts that are kept out."""

from community.membership import blacklist, blacklisted, namesakes
from community.membership.digests import digest
from community.scene import Scene
from storage.tables import Mark, Member
from tests.community.conftest import NOW, NewScene
from tests.community.people import member


def bar(scene: Scene, who: Member, *accounts: str) -> None:
    blacklist.bar(
        scene.session,
        member=who,
        accounts=accounts,
        by=member(scene, "管理员"),
        clause=3,
        reason="发广告",
        at=scene.now,
    )
    scene.session.flush()


def test_a_barred_account_is_known_again_and_no_other(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "王五")
        bar(scene, who, "onebot:王五", "wechaty:wxid_5")
        for account in ("onebot:王五", "wechaty:wxid_5"):
            found = blacklisted(scene.session, community_id="renren", account=account)
            assert found == blacklist.Barred(NOW, 3, "发广告", who.id)
        assert blacklisted(scene.session, community_id="renren", account="onebot:王") is None
        assert blacklisted(scene.session, community_id="other", account="onebot:王五") is None
        assert blacklist.is_barred(scene.session, who)


def test_the_account_itself_is_not_kept(scene_in: NewScene) -> None:
    with scene_in() as scene:
        bar(scene, member(scene, "王五"), "onebot:10005")
        assert "10005" not in repr(scene.session.get_one(Mark, key(scene, "onebot:10005")))


def test_a_bar_is_lifted(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "王五")
        bar(scene, who, "onebot:王五")
        assert blacklist.unbar(scene.session, member=who)
        scene.session.flush()
        assert blacklisted(scene.session, community_id="renren", account="onebot:王五") is None
        assert not blacklist.unbar(scene.session, member=who)


def test_namesakes_are_shown_once_each(scene_in: NewScene) -> None:
    with scene_in() as scene:
        who = member(scene, "Wang Wu")
        bar(scene, who, "onebot:1", "onebot:2")
        found = namesakes(scene.session, community_id="renren", name="wang wu")
        assert [one.member_id for one in found] == [who.id]
        assert namesakes(scene.session, community_id="renren", name="王五") == []
        assert namesakes(scene.session, community_id="renren", name=" ") == []


def key(scene: Scene, account: str) -> tuple[str, str, str]:
    return scene.community_id, blacklist.KIND, digest(scene.community_id, account)
