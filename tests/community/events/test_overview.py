"""What is over, and what a form changes."""

from datetime import timedelta

import pytest

from community.errors import UserError
from community.events import attendance, holding, overview, signing_up
from community.events.drafting import Draft
from community.members.people import get_or_create_member
from community.scene import Scene
from storage.tables import Event
from tests.community.conftest import NOW, NewScene

FIELDS = {"time": "3月7日 14:00-17:00", "place": "科技园", "closes": "3月6日 12:00"}


def held(scene: Scene, title: str, note: str = "", **fields: str) -> Event:
    host = get_or_create_member(scene, account="onebot:管理员", name="管理员")
    return holding.host(scene, actor=host, draft=Draft(title, FIELDS | fields, note))


def test_what_is_over_or_cancelled_the_latest_first(scene_in: NewScene) -> None:
    with scene_in() as scene:
        for title, time in (("一", "3月7日 14:00"), ("二", "3月8日 14:00"), ("三", "3月9日 14:00")):
            held(scene, title, time=time)
        host = get_or_create_member(scene, account="onebot:管理员")
        gone = held(scene, "四", time="3月20日 14:00")
        holding.call_off(scene, gone, actor=host, reason="没有场地")
        for name in ("小明", "小红"):
            member = get_or_create_member(scene, account=f"onebot:{name}", name=name)
            signing_up.sign_up(scene, scene.session.get_one(Event, ("renren", 1)), member=member)
        assert [one.event.id for one in overview.past(scene, limit=9)] == [4]
    with scene_in(NOW + timedelta(days=6, hours=7)) as scene:
        first = scene.session.get_one(Event, ("renren", 1))
        ming = get_or_create_member(scene, account="onebot:小明")
        attendance.record(scene, first, actor=ming, came=[ming])
        found = overview.past(scene, limit=3)
        assert [(one.event.id, one.came, one.unknown) for one in found] == [
            (4, 0, 0), (2, 0, 0), (1, 1, 1),
        ]  # fmt: skip
        assert [one.event.id for one in overview.past(scene, limit=1)] == [4]
        assert [(one.shown, state) for one, state in attendance.sheet(scene, first)] == [
            ("小明", "attended"), ("小红", "seated"),
        ]  # fmt: skip


def test_a_form_may_empty_what_a_message_cannot(scene_in: NewScene) -> None:
    with scene_in() as scene:
        held(scene, "上一次")
        event = held(scene, "圆桌", "自带问题", priority="E1", cap="5")
        host = get_or_create_member(scene, account="onebot:管理员")
        assert event.note == "活动大约到 17:00 结束\n自带问题"
        holding.change(scene, event, actor=host, draft=Draft(note=f"{event.note}\n也带名片"))
        assert event.note == "活动大约到 17:00 结束\n自带问题\n也带名片"
        emptied = frozenset({"note", "priority", "cap", "closes"})
        done = holding.change(scene, event, actor=host, draft=Draft(emptied=emptied))
        assert (event.note, event.priority_id, event.cap) == ("", None, 12)
        assert event.starts_at - event.closes_at == timedelta(hours=24)
        assert "没有优先了" in done.lines
        plan = holding.plan_change(scene, event, Draft(emptied=frozenset({"title", "time"})))
        assert plan.beside == {"title": "还没写。", "time": "还没写。"}
        with pytest.raises(UserError, match="没有改动：还差：地点。"):
            holding.change(scene, event, actor=host, draft=Draft(emptied=frozenset({"place"})))


def test_what_was_sent_twice_is_known(scene_in: NewScene) -> None:
    draft = Draft("圆桌", FIELDS)
    with scene_in() as scene:
        host = get_or_create_member(scene, account="onebot:管理员")
        other = get_or_create_member(scene, account="onebot:小红")
        assert holding.held_just_now(scene, actor=host, draft=draft) is None
        event = holding.host(scene, actor=host, draft=draft)
        assert holding.held_just_now(scene, actor=host, draft=draft) == event
        assert holding.held_just_now(scene, actor=other, draft=draft) is None
    with scene_in(NOW + timedelta(minutes=2)) as scene:
        host = get_or_create_member(scene, account="onebot:管理员")
        assert holding.held_just_now(scene, actor=host, draft=draft) is None
