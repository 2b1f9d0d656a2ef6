"""Events in the back office: held, changed, called off, and who came."""

import re
from html import unescape
from typing import Any

from community.events import finding
from tests.web.test_events import event, held
from tests.web.world import ADMIN_GROUP, GROUP, HOME, OWNER, Browser, World

EVENTS = f"{HOME}/office/events"
TYPED: dict[str, Any] = {
    "title": "圆桌：出海怎么起步", "time": "3月7日 14:00-17:00", "place": "科技园 3 栋", "cap": "2",
    "closes": "", "priority": "", "note": "自带问题来\n也带名片",
}  # fmt: skip
_WAS = re.compile(r'name="(was_\w+)" value="([^"]*)"')


def runs(world: World) -> Browser:
    """The browser of somebody who keeps the community going."""
    world.member(OWNER)
    return world.signed_in("小运", role="operator")


def changes(browser: Browser, **fields: str) -> str:
    """Sends the form for changing as the page shows it, but for these fields."""
    page = browser.looks(f"{EVENTS}/1")
    was: dict[str, Any] = {name: unescape(text) for name, text in _WAS.findall(page)}
    shown = {name.removeprefix("was_"): text for name, text in was.items()}
    return browser.sends(f"{EVENTS}/1/change", **was, **(shown | fields))


def test_held_once_and_told_in_the_group(world: World) -> None:
    browser = runs(world)
    assert "现在没有安排活动。" in browser.looks(EVENTS)
    assert "#E1「圆桌：出海怎么起步」办好了，已经发到" in browser.sends(EVENTS, **TYPED)
    for text in ("3月7日（周六）14:00", "活动大约到 17:00 结束", "也带名片"):
        assert text in browser.page
    assert "刚刚已经办好了，没有再办一次。" in browser.sends(EVENTS, **TYPED)
    [told] = world.letters(GROUP)
    assert told.text.startswith("#E1 圆桌：出海怎么起步\n时间：3月7日（周六）14:00")
    assert world.letters(ADMIN_GROUP) == []


def test_what_is_wrong_stands_beside_the_field(world: World) -> None:
    browser = runs(world)
    browser.looks(EVENTS)
    page = browser.sends(EVENTS, **TYPED | {"time": "周六", "place": "", "priority": "E9"})
    assert browser.status == 422
    for name, why in (
        ("time", "时间「周六」没看懂：没写是几点（写成 11月28日 14:00 这样）。"),
        ("place", "还没写。"),
        ("priority", "优先「E9」没看懂"),
    ):
        assert f'id="e-{name}" role="alert">{why}' in page
    assert 'value="圆桌：出海怎么起步"' in page
    assert "也带名片</textarea>" in page
    assert "没有安排活动" in browser.looks(EVENTS)


def test_only_what_was_touched_is_changed(world: World) -> None:
    held(world)
    member, browser = world.signed_in("小明"), runs(world)
    member.looks(f"{HOME}/events/1")
    member.sends(f"{HOME}/events/1/sign-up")
    was = event(world, 1)
    assert "没有改动。" in changes(browser)
    assert "改好了：地点 科技园 3 栋 改为 园区 5 楼。1 位报名" in changes(
        browser, place="园区 5 楼"
    )
    assert "有变动" in world.letters("onebot:小明")[-1].text
    assert event(world, 1).starts_at == was.starts_at
    assert "说明有改动" in changes(browser, note="")
    assert event(world, 1).note == ""
    page = changes(browser, cap="零", title="")
    assert "人数「零」没看懂" in page
    assert "还没写。" in page
    assert 'name="was_cap" value="2"' in page


def test_called_off_with_a_reason(world: World) -> None:
    held(world)
    browser = runs(world)
    browser.looks(f"{EVENTS}/1")
    page = browser.sends(f"{EVENTS}/1/cancel", reason=" ")
    assert "写上原因，报了名的人会看到。</p>" in page
    assert "#E1「圆桌：出海怎么起步」取消了。" in browser.sends(
        f"{EVENTS}/1/cancel", reason="没场地"
    )
    assert "已取消" in browser.looks(EVENTS)
    assert "已经取消了" in browser.sends(f"{EVENTS}/1/cancel", reason="没场地")


def test_who_came_who_did_not_and_who_waits(world: World) -> None:
    held(world, cap=3)
    for name in ("小明", "小红", "小刚", "小丽"):
        member = world.signed_in(name)
        member.looks(f"{HOME}/events/1")
        member.sends(f"{HOME}/events/1/sign-up")
        member.sends(f"{HOME}/events/1/feedback", text="早了")
    browser = runs(world)
    page = browser.looks(f"{EVENTS}/1")
    assert "1. <bdi>小丽</bdi>" in page
    assert "没报名也来了的" not in page
    assert "还没开始" in browser.sends(f"{EVENTS}/1/attendance", what="all")
    world.clock.advance(event(world, 1).starts_at + finding.LASTS - world.clock.now())
    attend = f"{EVENTS}/1/attendance"
    browser.looks(f"{EVENTS}/1")
    assert "没有勾选" in browser.sends(attend, what="came", member="99")
    hong = world.member("小红").id
    said = browser.sends(attend, what="absent", member=str(hong))
    assert "记下了。缺席：小红。还没记的 2 位。" in said
    assert "2 位没记" in browser.looks(EVENTS)
    assert "没找到叫「没有」的成员" in browser.sends(attend, what="other", who="没有")
    assert "到场：小丽。" in browser.sends(attend, what="other", who="小丽")
    assert "到场：小明、小刚。" in browser.sends(attend, what="all")
    assert "有名额没来，记 2 分" in world.letters("onebot:小红")[-1].text
    ming = world.signed_in("小明")
    ming.looks(f"{HOME}/events/1")
    ming.sends(f"{HOME}/events/1/feedback", text="收获很大")
    assert "收获很大" in browser.looks(f"{EVENTS}/1")


def test_an_event_of_another_community_is_nobodys(world: World) -> None:
    held(world, community="other")
    browser = runs(world)
    assert "E1" not in browser.looks(EVENTS)
    browser.sends(f"{EVENTS}/1/cancel", reason="没场地")
    assert browser.status == 404
    browser.looks(f"{EVENTS}/1")
    assert browser.status == 404
