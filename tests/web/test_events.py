"""Events on the members' pages: what is coming, taking part, and what one says of it."""

from datetime import datetime, timedelta
from typing import Any

from community.events import attendance, drafting, finding, holding
from storage.tables import Event, Member
from tests.web.world import HOME, OWNER, World

EVENTS = f"{HOME}/events"
TEXT = "圆桌：出海怎么起步\n时间 {day} 14:00\n地点 科技园 3 栋\n人数 {cap}\n自带问题来"


def held(world: World, *, days: int = 5, cap: int = 2, community: str = "renren") -> int:
    """An event in so many days; its number."""
    owner = world.member(OWNER, community=community)
    with world.scene(community) as scene:
        day: datetime = scene.now.astimezone(scene.settings.zone) + timedelta(days=days)
        draft = drafting.read(TEXT.format(day=f"{day.month}月{day.day}日", cap=cap))
        actor = scene.session.get_one(Member, (community, owner.id))
        return holding.host(scene, actor=actor, draft=draft).id


def event(world: World, number: int) -> Any:
    with world.scene() as scene:
        return scene.session.get_one(Event, ("renren", number))


def came(world: World, number: int) -> None:
    """All who had a seat were there."""
    with world.scene() as scene:
        owner = scene.session.get_one(Member, ("renren", 1))
        found = finding.by_number(scene, number)
        attendance.record(scene, found, actor=owner, all_others=True)


def test_signing_up_waiting_and_taking_the_seat_that_is_offered(world: World) -> None:
    held(world, cap=1)
    ming, hong = world.signed_in("小明"), world.signed_in("小红")
    assert "余 1 个名额" in ming.looks(EVENTS)
    page = ming.looks(f"{EVENTS}/1")
    assert "自带问题来" in page
    assert "取消报名" not in page
    assert "报上了 #E1「圆桌：出海怎么起步」" in ming.sends(f"{EVENTS}/1/sign-up")
    assert "你有名额" in ming.page
    assert "<bdi>小明</bdi>" in ming.page
    assert "报名候补" in hong.looks(f"{EVENTS}/1")
    assert "满了，你候补第 1 位，有名额我私聊告诉你。" in hong.sends(f"{EVENTS}/1/sign-up")
    assert "候补 1 人" in hong.looks(EVENTS)
    assert "你报了" in hong.page
    ming.looks(f"{EVENTS}/1")
    assert "不算你了" in ming.sends(f"{EVENTS}/1/sign-off")
    assert "不用取消" in ming.sends(f"{EVENTS}/1/sign-off")
    page = hong.looks(f"{EVENTS}/1")
    assert "有名额留给你，等你确认，留到" in page
    assert "算你一个" in hong.sends(f"{EVENTS}/1/confirm")
    assert "你有名额" in hong.page


def test_what_it_costs_is_told_beforehand(world: World) -> None:
    held(world)
    browser = world.signed_in("小明")
    browser.looks(f"{EVENTS}/1")
    browser.sends(f"{EVENTS}/1/sign-up")
    assert "data-ask" not in browser.page
    world.clock.advance(event(world, 1).closes_at - world.clock.now())
    page = browser.sends(f"{EVENTS}/1/sign-off")
    assert "报名刚刚截止，现在取消要记 1 分，还没有取消。" in page
    assert 'data-ask="现在取消记 1 分，确定取消？"' in page
    assert "截止后取消，记 1 分" in browser.sends(f"{EVENTS}/1/sign-off", price="1")
    assert "截止了。还想来，问问管理员。" in browser.looks(f"{EVENTS}/1")
    held(world, days=9)
    page = browser.looks(f"{EVENTS}/2")
    assert "才能报名。你有 1 分活动记分" in page
    assert 'action="/c/renren/events/2/sign-up"' not in page
    world.clock.advance(timedelta(hours=4))
    page = browser.looks(f"{EVENTS}/2")
    assert "你有 1 分活动记分" in page
    assert 'action="/c/renren/events/2/sign-up"' in page


def test_what_one_says_of_it_afterwards(world: World) -> None:
    held(world)
    browser = world.signed_in("小明")
    browser.looks(f"{EVENTS}/1")
    browser.sends(f"{EVENTS}/1/sign-up")
    assert "还没办" in browser.sends(f"{EVENTS}/1/feedback", text="早说")
    assert "早说" in browser.page
    world.clock.advance(event(world, 1).starts_at + finding.LASTS - world.clock.now())
    came(world, 1)
    page = browser.looks(EVENTS)
    assert "现在没有安排活动，有了会在群里说。" in page
    assert "1 位到场" in page
    assert "你来过" in browser.looks(f"{EVENTS}/1")
    long = "长" * 1_001
    assert "反馈最多 1000 字，超出 1 字" in browser.sends(f"{EVENTS}/1/feedback", text=long)
    assert long in browser.page
    assert "的反馈记下了，谢谢。" in browser.sends(f"{EVENTS}/1/feedback", text="收获很大")
    assert "收获很大" in browser.looks(f"{EVENTS}/1")
    assert "说说感受" not in world.signed_in("小红").looks(f"{EVENTS}/1")


def test_guests_look_and_no_more(world: World) -> None:
    held(world)
    member = world.signed_in("小明")
    member.looks(f"{EVENTS}/1")
    member.sends(f"{EVENTS}/1/sign-up")
    guest = world.signed_in("客人", role="guest")
    assert f'href="{EVENTS}"' in guest.looks(f"{HOME}/find")
    page = guest.looks(f"{EVENTS}/1")
    assert "余 1 个名额" in page
    assert "成为成员以后才能报名。" in page
    assert "小明" not in page


def test_an_event_of_another_community_is_nobodys(world: World) -> None:
    held(world, community="other")
    browser = world.signed_in("小明")
    assert "现在没有安排活动" in browser.looks(EVENTS)
    assert "没有 E1 这个活动" in browser.looks(f"{EVENTS}/1")
    assert browser.status == 404
    browser.looks(EVENTS)
    browser.sends(f"{EVENTS}/1/sign-up")
    assert browser.status == 404
