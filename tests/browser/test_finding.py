"""Signing in and looking through the pool, on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, Serve, Size, check_accessible
from tests.browser.conftest import SignIn
from tests.web.world import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
def test_sign_in_and_find(
    world: World, serve: Serve, new_page: NewPage, screenshot: Screenshot, size: Size, name: str
) -> None:
    world.member("小明", mail="xiaoming@example.com")
    world.member("小红", company="某跨境公司", title="运营总监", city="深圳")
    world.posts("小红", "亚马逊代运营，做过三年跨境电商，可以从选品做到发货", kind="offer")
    world.posts("小刚", "想找一位懂跨境电商的合伙人，深圳优先")
    page = new_page(serve(world.site), size, dark=name == "desktop")
    page.goto("/c/renren/find")
    check_accessible(page)
    screenshot(page, f"sign-in-{name}")
    page.get_by_label("邮箱").fill("xiaoming@example.com")
    page.get_by_role("button", name="发验证码").click()
    code = re.search(r"\d{6}", world.letters("mail:xiaoming@example.com")[-1].text)
    assert code is not None
    page.get_by_label("验证码").fill(code[0])
    page.get_by_role("button", name="登录").click()
    page.get_by_label("找什么").fill("跨境电商")
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.get_by_text("亚马逊代运营")).to_be_visible()
    check_accessible(page)
    screenshot(page, f"find-{name}", whole=True)


def test_what_is_asked_stays_readable_until_the_answer_comes(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn
) -> None:
    page = new_page(serve(world.site), dark=True)
    sign_in(page, world, "小明")
    page.goto("/c/renren/find")
    held: list[Route] = []
    page.route("**/find?*", lambda route: held.append(route))  # noqa: PLW0108 – Playwright wants a function
    page.get_by_label("找什么").fill("跨境电商")
    page.get_by_role("button", name="找", exact=True).click()
    expect(page.locator("form.htmx-request")).to_be_visible()
    check_accessible(page)
    held[0].continue_()
    expect(page.locator("form.htmx-request")).to_have_count(0)
