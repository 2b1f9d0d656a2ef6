"""What holds for every page."""

from datetime import timedelta

import pytest
from fastapi import APIRouter, Request
from starlette.testclient import TestClient
from starlette.types import Message

from tests.web.world import ADDRESS, HOME, Browser, World
from web.client_address import address_of
from web.errors import TooOftenError
from web.guard import Guard
from web.limits import Limiter
from web.request_body import MOST_BYTES
from web.site import create_pages


def test_headers_of_pages_files_and_error_pages(world: World) -> None:
    browser = world.browser()
    for path in ("/c/renren/sign-in", "/static/style.css", "/nothing", "/livez"):
        headers = browser.client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert ("no-store" in headers.get("cache-control", "")) is not path.startswith("/static")


def test_cookies_are_for_this_site_and_no_script(world: World) -> None:
    cookie = world.browser().client.get(f"{HOME}/sign-in").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_nothing_of_another_host_is_asked_for(world: World) -> None:
    page = world.browser().looks(f"{HOME}/sign-in")
    assert "https://" not in page
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.parametrize("path", ["/nothing", "/c/nobody", "/c/nobody/find", "/c/renren/nothing"])
def test_what_is_not_there(world: World, path: str) -> None:
    browser = world.browser()
    assert "没有这一页" in browser.looks(path)
    assert browser.status == 404


@pytest.mark.parametrize("path", ["/livez", "/c/renren/sign-in", "/nothing", "/c/renren/find"])
def test_who_asks_only_whether_a_page_is_there(world: World, path: str) -> None:
    client = world.browser().client
    page = client.get(path, follow_redirects=False)
    asked = client.head(path, follow_redirects=False)
    assert (asked.status_code, asked.content) == (page.status_code, b"")
    assert asked.headers.get("content-length") == page.headers.get("content-length")


def test_a_slash_at_the_end_leads_to_the_page_wherever_we_are_reached(world: World) -> None:
    client = world.browser().client
    for path in (f"{HOME}/find/?q=%E5%95%86&page=1", f"{HOME}/new//", f"{HOME}/"):
        for method in ("GET", "POST"):
            answer = client.request(
                method, path, headers={"Host": "evil.example"}, follow_redirects=False
            )
            clean, _, query = path.partition("?")
            onward = clean.rstrip("/") + (f"?{query}" if query else "")
            assert (answer.status_code, answer.headers["location"]) == (307, onward)
    assert client.get(f"{ADDRESS}//evil.example/", follow_redirects=False).status_code == 404


def test_coming_back_to_where_a_form_was_sent(world: World) -> None:
    browser = world.signed_in("小明", mail="xiaoming@example.com")
    world.posts("小明", "求一台投影仪")
    for path, onward in {
        "/me/mail/code": "/me/mail",
        "/me/data/erase": "/me/data",
        "/posts/1/renew": "/posts/1",
        "/members/1/word": "/members/1",
    }.items():
        browser.looks(f"{HOME}{path}")
        assert (browser.status, browser.path) == (200, f"{HOME}{onward}")
    stranger = world.browser()
    assert "<h1>登录" in stranger.looks(f"{HOME}/sign-in/code")
    assert stranger.client.put(f"{HOME}/find").status_code == 405


def test_more_than_a_form_may_bring(world: World) -> None:
    browser = world.browser()
    browser.looks(f"{HOME}/sign-in")
    said = browser.sends(f"{HOME}/sign-in", mail="x" * (MOST_BYTES + 1))
    assert browser.status == 413
    assert "太大" in said


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"&" * 100_000),
        ("Multipart/Form-Data; boundary=b", b"\r\n--b\r" * 100_000),
    ],
)
def test_a_form_of_nothing_but_ends_is_not_read(world: World, kind: str, body: bytes) -> None:
    client = world.browser().client
    headers = {"Content-Type": kind}
    assert client.post(f"{HOME}/sign-in", content=body, headers=headers).status_code == 413
    few = body[: len(body) // 50]
    assert client.post(f"{HOME}/sign-in", content=few, headers=headers).status_code < 413


@pytest.mark.parametrize("name", ["csrf", "mail"])
def test_half_a_sign_is_no_text(world: World, name: str) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x; charset=utf-7"}
    body = f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n+2AA-\r\n--x--\r\n'
    browser = world.browser()
    browser.looks(f"{HOME}/sign-in")
    headers = kind if name == "csrf" else {**kind, "X-CSRF-Token": browser.token}
    answer = browser.client.post(f"{HOME}/sign-in", content=body, headers=headers)
    assert answer.status_code == 400
    assert "没有看懂" in answer.text


def test_a_member_must_be_let_in(world: World) -> None:
    outsider = world.signed_in("小刚", role="outsider")
    assert "你已退出「老友记」，这一页用不了" in outsider.looks(f"{HOME}/find")
    assert outsider.status == 403
    assert f'href="{HOME}/me/data"' in outsider.page
    outsider.sends(f"{HOME}/sign-out")
    assert "已退出登录" in outsider.page
    assert outsider.path.startswith(f"{HOME}/sign-in")
    guest = world.signed_in("访客", role="guest")
    guest.looks(f"{HOME}/find")
    assert guest.status == 200


def test_htmx_is_sent_to_sign_in_as_a_whole(world: World) -> None:
    answer = world.browser().client.get(f"{HOME}/find", headers={"HX-Request": "true"})
    assert answer.headers["hx-redirect"].startswith(f"{HOME}/sign-in")


def test_what_is_said_is_escaped(world: World) -> None:
    browser = world.signed_in("小明")
    assert "<script>alert" not in browser.looks(f"{HOME}/find?q=<script>alert(1)</script>")
    browser.looks(f"{HOME}/me/follows")
    page = browser.sends(f"{HOME}/me/follows/remove", keyword="<b>x</b>")
    assert "这个词没有订阅" in page
    browser.sends(f"{HOME}/me/follows", keyword="<b>摄影</b>")
    assert "已订阅「&lt;b&gt;摄影" in browser.page


def test_a_link_puts_no_words_into_our_mouth(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/me/follows")
    browser.sends(f"{HOME}/me/follows", keyword="摄影")
    assert "已订阅「摄影」" in browser.page
    assert "已订阅「摄影」" not in world.signed_in("小红").looks(browser.path)
    for seal in ("", "&seal=0", "&seal=é"):
        assert "转账" not in browser.looks(f"{HOME}/find?said=请转账{seal}")


def test_a_fault_of_ours_is_told_once_and_in_one_sentence(world: World) -> None:
    router = APIRouter()

    @router.get("/broken")
    def broken() -> None:
        raise ValueError("张三 13800000000")

    site = Guard(create_pages(world.door, router), secure=False)
    browser = Browser(TestClient(site, base_url=ADDRESS, raise_server_exceptions=False))
    said = browser.looks("/broken")
    assert browser.status == 500
    assert "出了点问题，我已记下" in said
    assert "13800000000" not in said
    assert [type(error) for error in world.faults] == [ValueError]
    world.faults.clear()


@pytest.mark.anyio
async def test_who_hangs_up_while_he_sends_is_no_fault_of_ours(world: World) -> None:
    heard: list[Message] = [
        {"type": "http.request", "body": b"mail=a", "more_body": True},
        {"type": "http.disconnect"},
    ]
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {
        "type": "http", "method": "POST", "path": f"{HOME}/sign-in", "query_string": b"",
        "headers": [kind],
    }  # fmt: skip

    async def receive() -> Message:
        return heard.pop(0)

    async def send(_message: Message) -> None: ...

    await world.site(scope, receive, send)
    assert heard == []
    assert world.faults == []


def test_too_often(world: World) -> None:
    browser = world.signed_in("小明")
    for _ in range(60):
        browser.looks(f"{HOME}/find")
    assert browser.status == 200
    assert "太频繁" in browser.looks(f"{HOME}/find")
    assert browser.status == 429
    other = world.signed_in("小红")
    other.looks(f"{HOME}/find")
    assert other.status == 200
    world.clock.advance(timedelta(minutes=1))
    browser.looks(f"{HOME}/find")
    assert browser.status == 200


def test_the_limiter_forgets(world: World) -> None:
    limiter = Limiter(world.clock.now)
    for number in range(20_001):
        limiter.spend(f"key {number}", most=1, within=timedelta(minutes=1))
    with pytest.raises(TooOftenError):
        limiter.spend("key 20000", most=1, within=timedelta(minutes=1))
    assert len(limiter._times) <= 10_000


def test_a_long_while_is_not_forgotten_for_many_short_ones(world: World) -> None:
    limiter = Limiter(world.clock.now)
    limiter.spend("codes", most=1, within=timedelta(hours=1))
    world.clock.advance(timedelta(minutes=2))
    for number in range(10_000):
        limiter.spend(f"key {number}", most=1, within=timedelta(minutes=1))
        if number == 5_000:
            world.clock.advance(timedelta(minutes=1))
    with pytest.raises(TooOftenError):
        limiter.spend("codes", most=1, within=timedelta(hours=1))


@pytest.mark.parametrize(
    ("peer", "said", "counted"),
    [
        ("203.0.113.9", ["198.51.100.1"], "203.0.113.9"),
        ("127.0.0.1", ["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
        ("127.0.0.1", ["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
        ("::1", ["2001:db8:1:2:aaaa::1"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::7", [], "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", [], "203.0.113.9"),
        ("127.0.0.1", ["x" * 1000], "x" * 60),
        ("127.0.0.1", [], "127.0.0.1"),
    ],
)
def test_whom_limits_are_counted_for(peer: str, said: list[str], counted: str) -> None:
    headers = [(b"x-forwarded-for", one.encode()) for one in said]
    scope = {"type": "http", "client": (peer, 4711), "headers": headers}
    assert address_of(Request(scope)) == counted
