"""Signing up for an event, and saying yes to being put in touch: by thumb and by mouse."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, Serve, Size, check_accessible
from tests.browser.conftest import SignIn
from tests.web.world import GROUP, HOME, OWNER, World

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])


@SIZES
def test_an_event_is_held_and_somebody_signs_up(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, screenshot: Screenshot,
    size: Size, name: str,
) -> None:  # fmt: skip
    site = serve(world.site)
    page = new_page(site, size, dark=name == "desktop")
    sign_in(page, world, OWNER)
    page.goto(f"{HOME}/office/events")
    page.get_by_text("办活动…").click()
    page.get_by_label("标题").fill("圆桌：出海怎么起步")
    page.get_by_label("时间").fill("周六下午2点")
    page.get_by_label("地点").fill("科技园 3 栋")
    check_accessible(page)
    page.get_by_role("button", name="办活动，发到群里").click()
    expect(page.get_by_role("status")).to_contain_text("#E1「圆桌：出海怎么起步」办好了")
    assert "3月7日（周六）14:00" in world.letters(GROUP)[-1].text
    reader = new_page(site, size, dark=name == "phone", javascript=name == "phone")
    sign_in(reader, world, "小明")
    reader.goto(f"{HOME}/find")
    reader.get_by_role("link", name="活动", exact=True).click()
    reader.get_by_role("link", name="圆桌：出海怎么起步").click()
    reader.get_by_role("button", name="报名", exact=True).click()
    expect(reader.get_by_role("status")).to_contain_text("报上了 #E1")
    screenshot(reader, f"event-{name}", whole=True)
    reader.get_by_role("button", name="取消报名").click()
    expect(reader.get_by_role("status")).to_contain_text("不算你了")


@SIZES
def test_a_member_wants_to_know_another_who_says_yes(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, screenshot: Screenshot,
    size: Size, name: str,
) -> None:  # fmt: skip
    world.posts("小红", "代理记账，报税", kind="offer")
    site = serve(world.site)
    page = new_page(site, size)
    sign_in(page, world, "小明")
    page.goto(f"{HOME}/posts/1")
    page.get_by_text("想认识 小红").click()
    page.get_by_label("为什么想认识").fill("想聊聊代理记账，微信 ming123")
    check_accessible(page)
    page.get_by_role("button", name="问问 ta").click()
    expect(page.get_by_role("status")).to_contain_text("已转达给 小红")
    reader = new_page(site, size, dark=True)
    reader.on("dialog", lambda dialog: dialog.accept())
    sign_in(reader, world, "小红")
    reader.goto(f"{HOME}/me/introductions")
    check_accessible(reader)
    screenshot(reader, f"introductions-{name}", whole=True)
    reader.get_by_role("button", name="愿意").click()
    expect(reader.get_by_role("status")).to_contain_text("I1 牵上线了")
    assert "ming123" in world.letters("onebot:小红")[-1].text
