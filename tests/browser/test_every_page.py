"""Every page, on a phone and on a desk: fit for everybody, and no wider than the screen."""

from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Page

from community.events import attendance, feedback, holding, signing_up
from community.events.drafting import Draft
from community.introductions import answering, asking
from community.members.people import get_or_create_member
from community.posts.closing import finish
from community.scene import Scene
from community.vetting.drafts import Applicant, create
from community.vetting.submitting import submit
from storage.tables import Event, Introduction, Member, Post
from tests.browser import DESKTOP, PHONE, NewPage, Serve, Size, Troubles, check_accessible
from tests.browser.conftest import SignIn
from tests.web.world import OWNER, World
from web.site import found_routers

pytestmark = pytest.mark.browser

NO_PAGES = {"/livez", "/play", "/play/news", "/c/{community}/me/data.json"}
NO_PAGES |= {"/c/{community}/office/proofs/{number}"}
ASKING = {"/c/renren/office/proofs": "?a=1"}
MORE = ["/c/renren/find?q=跨境电商", "/c/renren/find?q=没有的东西", "/c/renren/members?name=小"]
MORE += ["/c/renren/events/2", "/c/renren/office/events/2"]
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
        meets(scene, owner)
        for name in ("小明", "小红"):
            asker = get_or_create_member(scene, account=f"onebot:{name}")
            asking.ask(scene, asker=asker, asked=owner, words=f"{long}{'x' * 120}")
        row = scene.session.get_one(Introduction, ("renren", 2))
        answering.agree(scene, row=row, person=owner)
        row.chases = 1


def meets(scene: Scene, owner: Member) -> None:
    """An event that is full, and one that is over."""
    long = "很长的名字没有任何停顿" * 5
    fields = {"time": "3月7日 14:00", "place": f"https://example.com/{'x' * 70}", "cap": "1"}
    holding.host(scene, actor=owner, draft=Draft(long, fields, f"{long}\n{'x' * 120}"))
    fields = {"time": "3月2日 20:00", "place": "科技园"}
    over = holding.host(scene, actor=owner, draft=Draft("圆桌：出海怎么起步", fields))
    for name in (OWNER, "小明", "小红"):
        member = get_or_create_member(scene, account=f"onebot:{name}")
        for number in (1, 2):
            event = scene.session.get_one(Event, ("renren", number))
            signing_up.sign_up(scene, event, member=member)
    over.starts_at, over.state = scene.now - timedelta(days=1), "over"
    attendance.record(scene, over, actor=owner, came=[owner])
    feedback.write(scene, over, member=owner, text=f"收获很大{'x' * 120}")


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
