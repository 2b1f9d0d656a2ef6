"""An admin at work in the back office, by keyboard and by thumb."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, Serve, check_accessible
from tests.browser.conftest import SignIn
from tests.web.office.newcomers import applies, state
from tests.web.world import OWNER, World

pytestmark = pytest.mark.browser
QUEUE = "/c/renren/office/queue"


def test_reviewing_by_keyboard(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, screenshot: Screenshot
) -> None:
    world.member("王五", company="人人网", city="上海")
    names = ("张三", "李四", "陈晨", "赵六", "周舟")
    numbers = [applies(world, name, voucher="王五", intro="做过三年社区产品") for name in names]
    page = new_page(serve(world.site), DESKTOP)
    sign_in(page, world, OWNER)
    page.goto(QUEUE)
    check_accessible(page)
    screenshot(page, "office-queue-desktop", whole=True)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已通过 #A1 张三")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.get_by_label("现成的理由").nth(0).select_option("太笼统")
    page.get_by_role("button", name="拒绝 #A2").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已拒绝 #A2")
    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="通过勾选的").click()
    expect(page.get_by_text("已通过 #A4 赵六。")).to_be_visible()
    check_accessible(page)
    assert [state(world, one) for one in numbers] == [
        "approved", "rejected", "approved", "approved", "submitted",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["members", "posts"])
def test_choosing_does_not_throw_out_of_the_form(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, path: str
) -> None:
    world.posts("张三", "求一台投影仪")
    page = new_page(serve(world.site), DESKTOP)
    sign_in(page, world, OWNER)
    page.goto(f"/c/renren/office/{path}")
    page.get_by_role("searchbox").fill("张")
    page.get_by_label("城市" if path == "members" else "作者").press_sequentially("王五")
    page.get_by_label("状态").focus()
    expect(
        page.get_by_text("没有这样的成员" if path == "members" else "没找到叫「王五」")
    ).to_be_visible()
    expect(page.get_by_label("状态")).to_be_focused()
    with page.expect_response("**state=**"):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("状态")).to_be_focused()
    page.wait_for_url("**q=%E5%BC%A0**")
    check_accessible(page)


def test_reviewing_and_setting_on_a_phone(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, screenshot: Screenshot
) -> None:
    world.member("王五", company="人人网", city="上海")
    number = applies(world, "张三", voucher="王五", city="", intro="做过三年社区产品")
    applies(world, "李四")
    page = new_page(serve(world.site), PHONE, dark=True)
    sign_in(page, world, OWNER)
    page.goto(QUEUE)
    check_accessible(page)
    page.get_by_text("请 ta 补充…").nth(0).click()
    screenshot(page, "office-queue-phone", whole=True)
    page.get_by_role("link", name="张三 · 人人网").click()
    screenshot(page, "office-one-phone", whole=True)
    page.get_by_label("城市").fill("北京")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已通过 #A1")
    assert state(world, number) == "approved"
    page.goto("/c/renren/office/settings")
    page.get_by_label("打开公开页面").check()
    page.get_by_label("我们是谁").fill("一群老同事，散在各家公司。\n这里互相帮忙，也一起做点事。")
    page.get_by_label("怎么加入").fill("在人人网待过就可以来，写清楚哪几年、做什么。")
    page.get_by_label("合作联系").fill("partners@example.com")
    page.get_by_label("一天最多发几条").fill("5")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存")
    check_accessible(page)
    screenshot(page, "office-settings-phone", whole=True)
    page.get_by_role("link", name="看看公开页面").click()
    check_accessible(page)
    screenshot(page, "about-phone", whole=True)


def test_members_and_what_they_did(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, screenshot: Screenshot
) -> None:
    for name, company in (("王五", "人人网"), ("小明", "拾光科技"), ("小红", "某跨境公司")):
        world.member(name, company=company, title="产品经理", city="上海")
        world.posts(name, f"{name}想找一位懂跨境电商的合伙人")
    page = new_page(serve(world.site), PHONE)
    sign_in(page, world, "副管", role="admin")
    page.goto("/c/renren/office/members")
    check_accessible(page)
    screenshot(page, "office-members-phone")
    page.get_by_role("link", name="小明").click()
    page.get_by_label("角色").select_option("运营")
    page.get_by_role("button", name="改", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("小明 从成员改成了运营")
    check_accessible(page)
    screenshot(page, "office-member-phone", whole=True)
    page.goto("/c/renren/office/audit")
    check_accessible(page)
    screenshot(page, "office-audit-phone", whole=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="dark")
    screenshot(page, "office-audit-desktop")
    page.goto("/c/renren/office/members/2")
    screenshot(page, "office-member-desktop", whole=True)
    page.goto("/c/renren/office")
    check_accessible(page)
    screenshot(page, "office-dashboard-desktop", whole=True)
    page.goto("/c/renren/office/health")
    check_accessible(page)
    screenshot(page, "office-health-desktop")
    page.goto("/c/renren/office/posts/1")
    check_accessible(page)
    screenshot(page, "office-post-desktop")
    page.goto("/c/renren/office/posts")
    check_accessible(page)
    page.goto("/c/renren/office")
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="light")
    screenshot(page, "office-dashboard-phone", whole=True)


def test_all_parts_of_the_office_are_in_sight_on_a_phone(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn
) -> None:
    page = new_page(serve(world.site), PHONE)
    sign_in(page, world, OWNER)
    for path, name in (("/c/renren/office/health", "运行"), ("/c/renren/me/data", "数据")):
        page.goto(path)
        expect(page.get_by_role("link", name=name, exact=True)).to_be_in_viewport(ratio=1)
