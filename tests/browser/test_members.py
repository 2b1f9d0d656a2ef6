"""Members on their pages: finding somebody and leaving word, and a post that came to its end."""

import pytest
from playwright.sync_api import expect

from tests.browser import (
    DESKTOP,
    PHONE,
    NewPage,
    Screenshot,
    Serve,
    Size,
    Troubles,
    check_accessible,
)
from tests.browser.conftest import SignIn
from tests.web.world import ADDRESS, HOME, World
from web.cookies import SIGNED_IN

pytestmark = pytest.mark.browser


def fill(world: World) -> None:
    """Some people with cards and posts."""
    world.member("小明", company="某工作室", title="独立开发者", city="深圳")
    world.member(
        "小红", company="某跨境公司", title="运营总监", city="深圳", industry="跨境电商",
        skills=["选品", "投放", "供应链"], gives="亚马逊开店、选品和投放的经验", seeks="靠谱的工厂",
        bio="做了八年跨境电商，从亚马逊到独立站。\n周末在深圳，喜欢爬山。",
    )  # fmt: skip
    world.member("老周", company="博锐", title="律师", city="北京", industry="法律")
    world.posts("小红", "亚马逊代运营，做过三年跨境电商，可以从选品做到发货", kind="offer")
    world.posts("小刚", "想找一位懂跨境电商的合伙人，北京优先")
    world.posts("老周", "跨境电商合规咨询，第一次免费", kind="offer")


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
def test_a_member_finds_somebody_leaves_word_and_is_answered(
    world: World,
    serve: Serve,
    new_page: NewPage,
    sign_in: SignIn,
    screenshot: Screenshot,
    size: Size,
    name: str,
) -> None:
    fill(world)
    site = serve(world.site)
    page = new_page(site, size, dark=name == "phone")
    sign_in(page, world, "小明")
    page.goto(f"{HOME}/find")
    screenshot(page, f"newest-{name}", whole=True)
    page.get_by_label("找什么").fill("深圳跨境电商")
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.get_by_text("在北京，不是深圳").first).to_be_visible()
    page.get_by_text("筛选").click()
    page.get_by_label("城市").fill("深圳")
    page.get_by_label("城市").press("Enter")
    expect(page.get_by_text("合伙人")).to_have_count(0)
    page.get_by_label("看什么").select_option("供给")
    page.wait_for_url("**kind=offer**")
    check_accessible(page)
    screenshot(page, f"filtered-{name}", whole=True)
    page.get_by_role("link", name="亚马逊代运营").click()
    expect(page.get_by_role("heading", name="亚马逊代运营")).to_be_visible()
    check_accessible(page)
    screenshot(page, f"post-{name}", whole=True)
    page.get_by_label("捎句话").fill("周末能聊聊选品吗？")
    page.get_by_role("button", name="捎给 ta").click()
    expect(page.get_by_role("status")).to_contain_text("捎给 小红 了")
    [letter] = world.letters("onebot:小红")
    assert "周末能聊聊选品吗？" in letter.text
    reader = new_page(site, size)
    sign_in(reader, world, "小红")
    reader.goto(letter.text.rpartition(ADDRESS)[2])
    check_accessible(reader)
    screenshot(reader, f"member-{name}", whole=True)
    reader.get_by_label("捎句话").fill("好，周六下午。")
    reader.get_by_role("button", name="捎给 ta").click()
    expect(reader.get_by_role("status")).to_contain_text("捎给 小明 了")
    assert "好，周六下午。" in world.letters("onebot:小明")[-1].text


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
def test_publishing_and_thanking_a_helper(
    world: World,
    serve: Serve,
    new_page: NewPage,
    sign_in: SignIn,
    screenshot: Screenshot,
    size: Size,
    name: str,
) -> None:
    fill(world)
    page = new_page(serve(world.site), size, dark=name == "desktop")
    sign_in(page, world, "小明")
    page.goto(f"{HOME}/new")
    check_accessible(page)
    screenshot(page, f"new-{name}")
    page.get_by_label("说清楚一点").fill("找一位懂跨境电商的人，帮忙做亚马逊代运营，深圳")
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", name="可能合适的")).to_be_visible()
    screenshot(page, f"published-{name}", whole=True)
    page.goto(f"{HOME}/me")
    check_accessible(page)
    screenshot(page, f"me-{name}", whole=True)
    page.get_by_role("link", name="办成了").click()
    page.get_by_label("是谁帮了忙？").press_sequentially("周")
    page.get_by_role("checkbox", name="老周").check()
    check_accessible(page)
    screenshot(page, f"done-{name}", whole=True)
    page.get_by_role("button", name="办成了").click()
    expect(page.get_by_role("status")).to_contain_text("谢谢 老周")
    assert "多亏你" in world.letters("onebot:老周")[-1].text


def test_a_double_click_sends_once(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn
) -> None:
    fill(world)
    page = new_page(serve(world.site), PHONE)
    sign_in(page, world, "小明")
    page.goto(f"{HOME}/members/2")
    page.get_by_label("捎句话").fill("周末能聊聊选品吗？")
    went = page.evaluate(
        """() => {
            const went = [];
            addEventListener("submit", (event) => {
                went.push(!event.defaultPrevented);
                event.preventDefault();
            });
            const button = document.querySelector("form[action$='/word'] button");
            button.click();
            button.click();
            return went;
        }"""
    )
    assert went == [True, False]


def test_a_form_waits_for_its_sign_in(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, troubles: Troubles
) -> None:
    page = new_page(serve(world.site), PHONE)
    sign_in(page, world, "小明")
    page.goto(f"{HOME}/new")
    page.get_by_label("说清楚一点").fill("找一位懂跨境电商的人，\n深圳的先来")
    page.context.clear_cookies(name=SIGNED_IN)
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", name="登录已经过期")).to_be_visible()
    assert "403" in troubles.taken()[0]
    check_accessible(page)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="打开新的一页登录").click()
    expect(opened.value.get_by_role("heading", name="登录「老友记」")).to_be_visible()
    sign_in(page, world, "小明")
    page.get_by_role("button", name="登录好了，提交").click()
    expect(page.get_by_role("status")).to_contain_text("已发布 #1")
    expect(page.get_by_text("深圳的先来")).to_be_visible()


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
def test_what_is_mine(
    world: World,
    serve: Serve,
    new_page: NewPage,
    sign_in: SignIn,
    screenshot: Screenshot,
    size: Size,
    name: str,
) -> None:
    fill(world)
    page = new_page(serve(world.site), size, dark=name == "phone")
    sign_in(page, world, "小明", mail="xiaoming@example.com")
    for path in ("profile", "follows", "privacy", "mail", "devices", "data"):
        page.goto(f"{HOME}/me/{path}")
        check_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size.width, path
        screenshot(page, f"{path}-{name}", whole=True)
    page.goto(f"{HOME}/members")
    check_accessible(page)
    screenshot(page, f"members-{name}", whole=True)
