"""Signing in and out."""

import re
from datetime import timedelta
from html import unescape

from markupsafe import escape

from community.membership import sanctions
from community.signing_in import devices, links
from storage.tables import Account, Member
from tests.web.world import ADDRESS, HOME, OWNER, Browser, World

MAIL = "xiaoming@example.com"


def code_of(world: World) -> str:
    found = re.search(r"\d{6}", world.letters(f"mail:{MAIL}")[-1].text)
    assert found is not None
    return found[0]


def asks(browser: Browser, mail: str = MAIL, onward: str = "") -> str:
    browser.looks(f"{HOME}/sign-in")
    return browser.sends(f"{HOME}/sign-in", mail=mail, next=onward)


def enters(browser: Browser, code: str, onward: str = "") -> str:
    return browser.sends(f"{HOME}/sign-in/code", mail=MAIL, code=code, next=onward)


def test_a_code_by_mail_signs_in(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    assert "填验证码" in asks(browser, "  XiaoMing＠Example.com ")
    assert f"mail:{MAIL}" in world.woken
    enters(browser, code_of(world))
    assert browser.path == f"{HOME}/find"


def test_the_same_words_for_whoever_is_no_member(world: World) -> None:
    world.member("小明", mail=MAIL)
    known = asks(world.browser())
    unknown = asks(world.browser(), "nobody@example.com")
    strip = re.compile(r'name="csrf" value="[\w.]+"|csrf|"X-CSRF-Token": "[\w.]+"')
    assert strip.sub("", unknown.replace("nobody@example.com", MAIL)) == strip.sub("", known)
    assert world.letters("mail:nobody@example.com") == []


def test_three_tries_and_ten_minutes(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    asks(browser)
    code = code_of(world)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert "验证码不对" in enters(browser, wrong)
    assert "验证码不对" in enters(browser, wrong)
    assert "过期了，或者错太多次了" in enters(browser, wrong)
    assert "过期了，或者错太多次了" in enters(browser, code)
    asks(browser)
    world.clock.advance(timedelta(minutes=10))
    assert "过期了" in enters(browser, code_of(world))
    asks(browser)
    enters(browser, code_of(world))
    assert browser.path == f"{HOME}/find"


def test_who_asks_and_guesses_elsewhere_keeps_nobody_out(world: World) -> None:
    world.member("小明", mail=MAIL)
    his, other = world.browser("192.0.2.1"), world.browser("192.0.2.2")
    asks(his)
    code = code_of(world)
    for _ in range(3):
        asks(other)
        for _ in range(3):
            enters(other, "x")
    assert "验证码发得太多了" in asks(other)
    assert "验证码发得太多了" in asks(world.browser("192.0.2.2"))
    assert "过期了" in enters(other, code)
    enters(his, code)
    assert his.path == f"{HOME}/find"
    assert "填验证码" in asks(world.browser("192.0.2.1"))


def test_three_codes_in_three_hours(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    for _ in range(3):
        assert "填验证码" in asks(browser)
    assert "验证码发得太多了，请过 3 小时再要。" in asks(browser).replace("180 分钟", "3 小时")
    assert len(world.letters(f"mail:{MAIL}")) == 3
    world.clock.advance(timedelta(hours=3))
    assert "填验证码" in asks(browser)


def test_a_code_serves_once(world: World) -> None:
    world.member("小明", mail=MAIL)
    first, second = world.browser(), world.browser()
    asks(first)
    second.looks(f"{HOME}/sign-in")
    code = code_of(world)
    enters(first, code)
    assert "过期了" in enters(second, code)


def test_on_to_the_page_that_was_wanted_and_to_no_other_site(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    browser.looks(f"{HOME}/find?q=1")
    assert browser.path.startswith(f"{HOME}/sign-in?next=")
    asks(browser, onward=f"{HOME}/find?q=1")
    enters(browser, code_of(world), onward=f"{HOME}/find?q=1")
    assert browser.path == f"{HOME}/find?q=1"
    for evil in ("https://evil.example/", "//evil.example", "/c/other/find", "/c/renren/\\evil"):
        other = world.browser()
        world.clock.advance(timedelta(hours=3))
        asks(other)
        enters(other, code_of(world), onward=evil)
        assert other.path == f"{HOME}/find"


def test_on_to_the_page_that_was_wanted_for_whoever_has_signed_in_meanwhile(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/sign-in?next={HOME}/me/follows")
    assert browser.path == f"{HOME}/me/follows"
    for evil in ("//evil.example", "/c/other/find", f"{HOME}/sign-in"):
        browser.looks(f"{HOME}/sign-in?next={evil}")
        assert browser.path == f"{HOME}/find"


def test_the_link_from_the_chat_signs_in_once(world: World) -> None:
    member = world.member("小明")
    with world.scene() as scene:
        link = links.offer(scene, member=scene.session.merge(member))
    browser, thief = world.browser(), world.browser()
    assert "<h1>登录" in browser.looks(
        link
    )  # what a chat program fetches by itself uses nothing up
    browser.sends(link)
    assert browser.path == f"{HOME}/find"
    thief.looks(link)
    assert "链接不能用了" in thief.sends(link)


def test_the_link_runs_out(world: World) -> None:
    member = world.member("小明")
    with world.scene() as scene:
        link = links.offer(scene, member=scene.session.merge(member))
    world.clock.advance(timedelta(minutes=10))
    browser = world.browser()
    browser.looks(link)
    browser.sends(link)
    assert browser.status == 410


def test_signing_out(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/find")
    assert browser.path == f"{HOME}/find"
    browser.sends(f"{HOME}/sign-out")
    browser.looks(f"{HOME}/find")
    assert browser.path.startswith(f"{HOME}/sign-in")


def test_a_browser_in_use_stays_signed_in(world: World) -> None:
    browser = world.signed_in("小明")
    browser.looks(f"{HOME}/find")
    for _ in range(4):
        world.clock.advance(timedelta(days=10))
        kept = browser.client.get(f"{HOME}/find").headers.get_list("set-cookie")
        held = browser.client.cookies
        assert kept[0].startswith(f"laoyou_visitor={held['laoyou_visitor']};")
        assert kept[1].startswith(f"laoyou_in={held['laoyou_in']};")
        assert f"Max-Age={30 * 86400}; Path={HOME};" in kept[1]
    assert "set-cookie" not in browser.client.get(f"{HOME}/find").headers
    world.clock.advance(timedelta(hours=2))
    browser.sends(f"{HOME}/sign-out")
    assert "laoyou_in" not in browser.client.cookies


def test_what_was_typed_waits_until_somebody_is_signed_in(world: World) -> None:
    browser, text = world.signed_in("小明"), "求一台投影仪，\n“周末”用 <b>"
    browser.looks(f"{HOME}/new")
    with world.scene() as scene:
        devices.end_all(scene, member=scene.session.get_one(Member, ("renren", 1)))
    for _ in range(2):  # sent too early once more, it is still there
        page = browser.sends(f"{HOME}/new", kind="need", text=text)
        assert browser.status == 403
        assert "还没有提交" in page
        typed = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
        assert f'<form class="card" method="post" action="{HOME}/new">' in page
        assert dict(typed) | {"csrf": ""} == {"csrf": "", "kind": "need", "text": escape(text)}
    browser.client.cookies.set("laoyou_in", world.token("小明"), domain="127.0.0.1", path=HOME)
    browser.sends(f"{HOME}/new", None, **{name: unescape(value) for name, value in typed})
    assert "已发布 #1" in browser.page
    assert "&lt;b&gt;" in browser.page


def test_where_nothing_was_typed_the_page_of_the_form_comes_after_signing_in(world: World) -> None:
    world.posts("小明", "求一台投影仪")
    world.member("小明", mail=MAIL)
    browser = world.browser()
    browser.looks(f"{HOME}/sign-in")
    browser.sends(f"{HOME}/posts/1/withdraw")
    onward = f"{HOME}/posts/1/withdraw"
    assert browser.path == f"{HOME}/sign-in?next={onward}"
    asks(browser, onward=onward)
    enters(browser, code_of(world), onward=onward)
    assert browser.path == f"{HOME}/posts/1"
    assert "进行中" in browser.page


def test_a_button_that_says_what_it_stood_beside_is_a_button_alone(world: World) -> None:
    world.posts("小明", "求一台投影仪")
    browser = world.browser()
    browser.looks(f"{HOME}/sign-in")
    browser.sends(f"{HOME}/posts/1/undo", state="active")
    assert browser.path == f"{HOME}/sign-in?next={HOME}/posts/1/undo"


def test_who_is_no_longer_a_member_gets_no_code(world: World) -> None:
    world.member("小明", mail=MAIL, role="outsider")
    asks(world.browser())
    assert world.letters(f"mail:{MAIL}") == []


def test_whom_only_mail_reaches_comes_to_his_data_after_he_was_removed(world: World) -> None:
    member, owner = world.member("小明", mail=MAIL), world.member(OWNER)
    with world.scene() as scene:
        scene.session.delete(scene.session.get_one(Account, ("renren", "onebot:小明")))
        scene.session.flush()
        him, actor = (scene.session.merge(one) for one in (member, owner))
        sanctions.remove(scene, actor=actor, member=him, clause=0, reason="发广告")
    told = world.letters(f"mail:{MAIL}")[-1].text
    assert told == (
        "管理员把你移出了「老友记」。理由：发广告\n你的需求和供给已经撤下。有异议请联系管理员。\n\n"
        f"要看或删除自己的资料：{ADDRESS}{HOME}/me/data"
    )
    browser = world.browser()
    asks(browser, onward=f"{HOME}/me/data")
    page = enters(browser, code_of(world), f"{HOME}/me/data")
    assert browser.path == f"{HOME}/me/data"
    assert "全部删掉" in page
    browser.looks(f"{HOME}/find")
    assert browser.status == 403


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    assert "放太久了" in browser.sends(f"{HOME}/sign-in", mail=MAIL)
    assert browser.status == 403
    assert world.letters(f"mail:{MAIL}") == []


def test_signed_in_here_is_a_stranger_elsewhere(world: World) -> None:
    browser = world.signed_in("小明")
    token = browser.client.cookies.get("laoyou_in")
    browser.client.cookies.set("laoyou_in", token or "", domain="127.0.0.1", path="/c/other")
    browser.looks("/c/other/find")
    assert browser.path.startswith("/c/other/sign-in")
