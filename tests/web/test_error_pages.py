"""What somebody has written is there again where his form could not be taken."""

import re
from datetime import timedelta
from html import unescape
from typing import Annotated

from fastapi import APIRouter
from starlette.testclient import TestClient

from community.posts import closing
from storage.tables import Member, Post
from tests.web.world import ADDRESS, HOME, Browser, World
from web.access import Visit, anybody
from web.cookies import SIGNED_IN, VISITOR
from web.guard import Guard
from web.site import create_pages

TEXT = "想找一位懂跨境电商的合伙人，\n「北京」优先 <b>"
_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def held(page: str) -> dict[str, str]:
    """What the form on the page would send."""
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


def test_too_often_is_not_for_ever(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    for _ in range(10):
        browser.sends(f"{HOME}/new", kind="need", text="")
    page = browser.sends(f"{HOME}/new", kind="offer", text=TEXT)
    assert browser.status == 429
    assert "再提交一次" in page
    typed = held(page)
    assert (typed["kind"], typed["text"]) == ("offer", TEXT)
    world.clock.advance(timedelta(minutes=1))
    assert "已发布 #1" in browser.sends(f"{HOME}/new", None, **typed)


def test_a_page_whose_cookie_is_gone(world: World) -> None:
    browser = world.browser()
    browser.looks("/join/renren")
    del browser.client.cookies[VISITOR]
    browser.client.headers["Sec-Fetch-Site"] = "same-origin"
    page = browser.sends(
        "/join/renren", None, do="save", **{"answer-name": "张三", "mail": "a@b.cn"}
    )
    assert browser.status == 403
    assert "刷新" not in page
    page = browser.sends("/join/renren", None, **held(page))
    assert browser.status == 200
    assert 'value="张三"' in page


def test_another_site_puts_no_words_into_a_page_of_ours(world: World) -> None:
    browser = world.signed_in("小明")
    for name, value in (("Sec-Fetch-Site", "cross-site"), ("Origin", "https://example.com")):
        browser.client.headers[name] = value
        page = browser.sends(f"{HOME}/new", kind="need", text=TEXT)
        assert browser.status == 403
        assert "合伙人" not in page
        del browser.client.headers[name]


def test_where_browsers_name_the_origin_alone(world: World) -> None:
    browser = world.signed_in("小明")
    browser.client.headers["Origin"] = ADDRESS
    page = browser.sends(f"{HOME}/new", kind="need", text=TEXT)
    assert browser.status == 403
    assert held(page)["text"] == TEXT
    assert "已发布 #1" in browser.sends(f"{HOME}/new", None, **held(page))


def test_a_post_that_went_away_while_somebody_wrote(world: World) -> None:
    post = world.posts("小红", "求一台投影仪")
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/posts/{post.id}")
    with world.scene() as scene:
        mine = scene.session.get_one(Post, ("renren", post.id))
        author = scene.session.get_one(Member, ("renren", mine.author_id))
        closing.withdraw(scene, post=mine, actor=author)
    page = browser.sends(f"{HOME}/posts/{post.id}/word", text="我有一台，周末可以来拿。")
    assert browser.status == 404
    assert "我有一台，周末可以来拿。" in page
    assert "再提交一次" not in page


def test_somebody_else_signed_in_meanwhile(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/new")
    browser.client.cookies.set(SIGNED_IN, world.token("小红"), domain="127.0.0.1", path=HOME)
    page = browser.sends(f"{HOME}/new", kind="need", text=TEXT)
    assert browser.status == 409
    assert "换了人登录，现在是 小红" in page
    assert "想找一位懂跨境电商的合伙人" in page
    assert "还没有这样的帖子" in browser.looks(f"{HOME}/find")
    browser.looks(f"{HOME}/new")
    assert "已发布 #1" in browser.sends(f"{HOME}/new", kind="need", text=TEXT)


def test_anybody_may_sign_out_whoever_is_signed_in(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/me")
    browser.client.cookies.set(SIGNED_IN, world.token("小红"), domain="127.0.0.1", path=HOME)
    assert "已退出登录" in browser.sends(f"{HOME}/sign-out")


def test_a_fault_of_ours(world: World) -> None:
    router = APIRouter(prefix="/c/{community}")

    @router.post("/broken")
    def broken(_visit: Annotated[Visit, anybody()]) -> None:
        raise ValueError

    site = Guard(create_pages(world.door, router), secure=False)
    browser = Browser(TestClient(site, base_url=ADDRESS, raise_server_exceptions=False))
    browser.looks(f"{HOME}/sign-in")
    page = browser.sends(f"{HOME}/broken", text=TEXT)
    assert browser.status == 500
    assert held(page)["text"] == TEXT
    world.faults.clear()
