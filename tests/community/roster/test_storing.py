"""Carrying out a plan, on both databases."""

from datetime import timedelta

import pytest
from sqlmodel import select

from community import roster
from community.members import profiles
from community.membership import blacklist, erasure, standing
from community.pool.search import MEMBERS, ranked
from community.roster import Entry
from community.scene import Scene
from storage.queries import audit
from storage.queries.people import members
from storage.queries.pool import postings
from storage.tables import Account, Member
from tests.community.conftest import NOW, NewScene
from tests.community.people import member


def bring(scene: Scene, *entries: Entry, overwrite: bool = False) -> list[int]:
    known = roster.known(scene.session, community_id="renren")
    plan = roster.plan(entries, known, overwrite=overwrite)
    assert plan.problems == []
    return roster.apply(scene.session, community_id="renren", plan=plan, now=scene.now)


def everyone(scene: Scene) -> list[Member]:
    return members.everyone(scene.session, community_id="renren")


def test_new_members_get_dense_numbers_and_accounts(scene_in: NewScene) -> None:
    with scene_in() as scene:
        member(scene, "老王")
        ids = bring(
            scene,
            Entry(2, ("onebot:1", "wechaty:a"), {"name": "张三", "keywords": ("前端", "出海")}),
            Entry(3, (), {"name": "李四", "company": "蓝桨"}),
        )
    assert ids == [2, 3]
    with scene_in() as scene:
        first, second, third = everyone(scene)
        accounts = scene.session.exec(select(Account.address, Account.member_id)).all()
    assert (first.id, second.id, third.id) == (1, 2, 3)
    assert (second.name, second.keywords, second.company) == ("张三", ["前端", "出海"], "")
    assert (third.name, third.company, third.keywords) == ("李四", "蓝桨", [])
    assert sorted(accounts) == [("onebot:1", 2), ("onebot:老王", 1), ("wechaty:a", 2)]


def test_a_roster_lets_nobody_in_who_is_kept_out(scene_in: NewScene) -> None:
    with scene_in() as scene:
        admin = member(scene, "管理员")
        gone = member(scene, "王五")
        blacklist.bar(
            scene.session, member=gone, accounts=["onebot:王五"], by=admin, clause=3,
            reason="发广告", at=scene.now,
        )  # fmt: skip
        erasure.erase(scene, member=gone, choice="removed")
    with scene_in() as scene:
        bring(scene, Entry(2, ("onebot:王五",), {"name": "王五"}), Entry(3, ("onebot:6",), {}))
    with scene_in() as scene:
        back, other = everyone(scene)[1:]
        assert blacklist.is_barred(scene.session, back)
        assert (back.active, other.active) == (False, True)


@pytest.mark.parametrize("name", ["王五", "王老五"])
def test_who_only_applied_is_a_member_once_the_roster_has_him(
    scene_in: NewScene, name: str
) -> None:
    with scene_in() as scene:
        standing.keep_outside(scene, member=member(scene, "王五"))
    with scene_in() as scene:
        assert bring(scene, Entry(2, ("onebot:王五",), {"name": name})) == [1]
    with scene_in() as scene:
        [found] = everyone(scene)
        assert (found.name, found.active) == (name, True)
        assert not standing.is_out(scene, member=found)


def test_an_update_touches_only_what_is_given(scene_in: NewScene) -> None:
    later = NOW + timedelta(days=1)
    with scene_in() as scene:
        member(scene, "老王", company="拾光", muted=True, gives="设计", city="北京")
    with scene_in(later) as scene:
        ids = bring(
            scene, Entry(2, ("onebot:老王", "wechaty:w"), {"company": "蓝桨", "bio": "你好"})
        )
    assert ids == [1]
    with scene_in() as scene:
        [found] = everyone(scene)
        accounts = scene.session.exec(select(Account.address)).all()
    assert (found.name, found.company, found.bio, found.city) == ("老王", "蓝桨", "你好", "北京")
    assert (found.muted, found.gives) == (True, "设计")
    assert (found.created_at, found.updated_at) == (NOW, later)
    assert sorted(accounts) == ["onebot:老王", "wechaty:w"]


def test_what_is_overwritten_is_the_rosters_again(scene_in: NewScene) -> None:
    row = Entry(2, ("onebot:老王",), {"company": "蓝桨", "bio": "你好"})
    with scene_in() as scene:
        who = member(scene, "老王")
        profiles.update(scene, member=who, values={"company": "拾光", "city": "北京"})
    with scene_in(NOW + timedelta(days=1)) as scene:
        assert bring(scene, row) == [1]
        [found] = everyone(scene)
        assert (found.company, found.bio, found.own) == ("拾光", "你好", ["company", "city"])
    with scene_in() as scene:
        assert bring(scene, row, overwrite=True) == [1]
    with scene_in() as scene:
        [found] = everyone(scene)
        assert (found.company, found.city, found.own) == ("蓝桨", "北京", ["city"])
        bring(scene, Entry(2, ("onebot:老王",), {"company": "远帆"}))
        assert found.company == "远帆"


def test_a_roster_that_changes_nothing_of_somebody_does_not_touch_him(scene_in: NewScene) -> None:
    with scene_in() as scene:
        profiles.update(scene, member=member(scene, "老王"), values={"company": "拾光"})
    with scene_in(NOW + timedelta(days=1)) as scene:
        assert bring(scene, Entry(2, ("onebot:老王",), {"company": "蓝桨"})) == []
    with scene_in() as scene:
        [found] = everyone(scene)
        assert (found.company, found.updated_at) == ("拾光", NOW)
        assert not audit.of(scene.session, community_id="renren", subject="community", subject_id=0)


def test_the_same_roster_again_changes_nothing(scene_in: NewScene) -> None:
    rows = (
        Entry(2, ("onebot:1",), {"name": "张三", "skills": ("剪辑",)}),
        Entry(3, (), {"name": "李四", "company": "蓝桨"}),
        Entry(4, (), {"group_nickname": "阿花", "keywords": ("猫",)}),
    )
    with scene_in() as scene:
        bring(scene, *rows)
    with scene_in() as scene:
        plan = roster.plan(rows, roster.known(scene.session, community_id="renren"))
        assert [change.kind for change in plan.changes] == ["same"] * 3
        assert bring(scene, *rows) == []


def test_the_import_is_written_down_without_any_names(scene_in: NewScene) -> None:
    with scene_in() as scene:
        bring(scene, Entry(2, ("onebot:1",), {"name": "张三"}))
    with scene_in() as scene:
        [entry] = audit.of(scene.session, community_id="renren", subject="community", subject_id=0)
    assert (entry.verb, entry.actor_id, entry.detail) == ("import", None, {"new": 1, "updated": 0})


def test_imported_members_are_found_once_indexed(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ids = bring(scene, Entry(2, (), {"name": "张三", "bio": "做过三年亚马逊运营"}))
        query = scene.analyser.analyse("找亚马逊运营", "need")
        assert ranked(scene, query=query, shelf=MEMBERS) == []
        roster.index(scene.session, community_id="renren", ids=ids, analyser=scene.analyser)
        assert [found.id for found in ranked(scene, query=query, shelf=MEMBERS)] == ids
        assert postings.size(scene.session, community_id="renren", shelf=MEMBERS) == 1


def test_a_changed_profile_is_analysed_again(scene_in: NewScene) -> None:
    with scene_in() as scene:
        ids = bring(scene, Entry(2, ("onebot:1",), {"bio": "会画插画"}))
        roster.index(scene.session, community_id="renren", ids=ids, analyser=scene.analyser)
    with scene_in() as scene:
        assert bring(scene, Entry(2, ("onebot:1", "onebot:2"), {"bio": "会画插画"})) == []
        assert bring(scene, Entry(2, ("onebot:1",), {"bio": "代理记账"})) == [1]
        assert everyone(scene)[0].analysis_version == ""


def test_more_members_than_one_statement_takes(scene_in: NewScene) -> None:
    def rows(city: str) -> list[Entry]:
        return [
            Entry(n, (f"onebot:{n}",), {"name": f"成员{n}", "city": city}) for n in range(2, 2303)
        ]

    with scene_in() as scene:
        assert len(bring(scene, *rows("北京"))) == 2301
    with scene_in() as scene:
        assert len(bring(scene, *rows("上海"))) == 2301
    with scene_in() as scene:
        assert {found.city for found in everyone(scene)} == {"上海"}
