"""Pages in browsers that are years old, as WeChat brings its own and iPhones keep theirs."""

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser import PHONE, NewPage, Serve
from tests.browser.aging import aged, grows_old
from tests.browser.conftest import SignIn
from tests.browser.test_every_page import lives, wide
from tests.web.world import OWNER, World

pytestmark = pytest.mark.browser
_NARROW_FIELDS = """[...document.querySelectorAll('.field input, textarea, select')]
    .filter(one => one.offsetWidth > 60 && one.offsetWidth < one.parentElement.offsetWidth - 2)
    .map(one => one.outerHTML)"""


@pytest.fixture
def page(world: World, serve: Serve, new_page: NewPage, sign_in: SignIn) -> Page:
    """The owner has signed in with an old phone."""
    page = new_page(serve(world.site), PHONE)
    grows_old(page)
    sign_in(page, world, OWNER)
    return page


def test_what_is_left_of_rules() -> None:
    css = "a { inset: 0; top: 0; } b:has(i), u { top: 0; } p { height: 100dvh; color: red; }"
    assert aged(css).split() == ["a", "{", "top:", "0;", "}", "p", "{", "color:", "red;", "}"]


def test_pages_keep_their_shape(world: World, page: Page) -> None:
    lives(world)
    for path in ("find", "members", "posts/1", "new", "me/profile", "me/mail", "office/audit"):
        page.goto(f"/c/renren/{path}")
        tabs = page.get_by_label("主要页面").bounding_box()
        assert tabs is not None
        assert (tabs["x"], tabs["width"]) == (0, PHONE.width), path
        assert tabs["y"] + tabs["height"] == PHONE.height, path
        assert not wide(page), path
        assert page.evaluate(_NARROW_FIELDS) == [], path


def test_what_cannot_be_taken_back_is_asked_once_more(world: World, page: Page) -> None:
    lives(world)
    page.goto("/c/renren/office/posts/1")
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.get_by_role("button", name="撤下").click()
    assert asked == ["撤下 #1？作者会收到通知。"]
    page.get_by_label("改内容").fill("求一位懂跨境电商的老师")
    page.get_by_role("button", name="改", exact=True).click()  # its form has no question
    expect(page.get_by_role("status")).to_be_visible()
