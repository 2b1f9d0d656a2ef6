"""Every page, on a phone and on a desk: fit for everybody, and no wider than the screen."""

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page

from community.members.people import get_or_create_member
from community.posts.closing import finish
from community.vetting.drafts import Applicant, create
from community.vetting.submitting import submit
from storage.tables import Post
from tests.browser import DESKTOP, PHONE, NewPage, Serve, Size, Troubles, check_accessible
from tests.browser.conftest import SignIn
from tests.web.world import OWNER, World
from web.site import found_routers

pytestmark = pytest.mark.browser

NO_PAGES = {"/livez", "/play", "/play/news", "/c/{community}/me/data.json"}
NO_PAGES |= {"/c/{community}/office/proofs/{number}"}
ASKING = {"/c/renren/office/proofs": "?a=1"}
MORE = ["/c/renren/find?q=跨境电商", "/c/renren/find?q=没有的东西", "/c/renren/members?name=小"]
GONE = {"/c/renren/about", "/c/renren/unsubscribe/x"}  # not switched on; no such letter
VALUES = {"community": "renren", "number": "1", "token": "x"}


def paths() -> list[str]:
    """What a browser can open."""
    found = [
        route.path
        for router in found_routers()
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    ]
    filled = [path.format(**VALUES) for path in found if path not in NO_PAGES]
    return sorted(f"{path}{ASKING.get(path, '')}" for path in filled) + MORE


def lives(world: World) -> None:
    """Something to see on each page."""
    world.member("小明", company="字节", title="产品经理", city="北京", industry="互联网")
    world.member(OWNER, mail="owner@example.com")
    long = "很长的一句话没有任何停顿" * 6
    world.posts("小明", f"想找一位懂跨境电商的合伙人，{long}https://example.com/{'x' * 80}")
    world.posts("小红", "亚马逊代运营，做过三年跨境电商", kind="offer")
    world.posts(OWNER, "求一台投影仪")
    with world.scene() as scene:
        owner = get_or_create_member(scene, account=f"onebot:{OWNER}")
        post = scene.session.get_one(Post, ("renren", 3))
        helper = get_or_create_member(scene, account="onebot:小红")
        finish(scene, post=post, actor=owner, helpers=[helper])
        application = create(scene, Applicant("onebot:小张", "小张"), source="chat")
        application.answers = {"name": "张三", "company": "人人网", "city": "北京"}
        submit(scene, application)


def wide(page: Page) -> bool:
    """Something sticks out to the right."""
    found: bool = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_every_page(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, troubles: Troubles, size: Size
) -> None:
    lives(world)
    page = new_page(serve(world.site), size, dark=size is DESKTOP)
    sign_in(page, world, OWNER)
    sticking_out = []
    for path in paths():
        answer = page.goto(path)
        assert answer is not None
        expected = 404 if path in GONE else 200
        assert (answer.status, len(troubles.taken())) == (expected, path in GONE), path
        check_accessible(page)
        if wide(page):
            sticking_out.append(path)
    assert sticking_out == []
