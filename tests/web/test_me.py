"""What a member has and decides himself."""

import json
import re
from typing import Any

from community.covenant import Covenant
from community.terms import Terms
from storage.tables import Member, Preference
from tests.web.conftest import NewWorld
from tests.web.world import Browser, World

ME = "/c/renren/me"
MAIL = "ming@example.com"


def sends(browser: Browser, path: str, **fields: Any) -> str:
    if "X-CSRF-Token" not in browser.page:
        browser.looks(ME)
    return browser.sends(f"{ME}{path}", **fields)


def code_in(text: str) -> str:
    found = re.search(r"\d{6}", text)
    assert found is not None
    return found[0]


def test_my_posts(world: World) -> None:
    browser = world.signed_in("小明")
    assert "你没有进行中的帖子" in browser.looks(ME)
    number = world.posts("小明", "求一台咖啡机").id
    assert "求一台咖啡机" in browser.looks(ME)
    page = browser.sends(f"/c/renren/posts/{number}/withdraw", None, **{"from": "me"})
    assert browser.path.startswith(ME)
    assert "已撤下" in page


def test_the_card(world: World) -> None:
    browser = world.signed_in("小明")
    page = sends(browser, "/profile", name="张三", skills="增长、投放", bio="第一行\n第二行")
    assert "已更新：姓名、技能、简介。" in page
    assert "增长、投放" in page
    assert "没有变化" in sends(browser, "/profile", name="张三")
    page = sends(browser, "/profile", name="张三", city="字" * 21, skills="甲")
    assert browser.status == 422
    assert "城市最多 20 字，超出 1 字" in page
    assert "字" * 21 in page
    page = browser.looks(f"{ME}/profile")
    assert "增长、投放" in page


def test_a_card_that_was_changed_elsewhere_meanwhile(world: World) -> None:
    browser = world.signed_in("小明", city="北京", company="长" * 41)
    shown = {"was_city": "北京", "city": "北京", "was_company": "长" * 41, "company": "长" * 41}
    assert 'name="was_city" value="北京"' in browser.looks(f"{ME}/profile")
    with world.scene() as scene:
        scene.session.get_one(Member, ("renren", 1)).city = "上海"
    assert "已更新：职位。" in sends(browser, "/profile", **shown, was_title="", title="校长")
    with world.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        assert (member.city, member.own) == ("上海", ["title"])
    page = sends(browser, "/profile", **shown, was_title="校长", title="长" * 31)
    assert 'name="was_title" value="校长"' in page
    assert "公司最多" not in page


def test_privacy_that_was_changed_on_another_device(world: World) -> None:
    browser = world.signed_in("小明")
    assert 'name="was_listed" value="1"' in browser.looks(f"{ME}/privacy")
    old = {"was_listed": "1", "was_shows_company": "1", "was_shows_contact": "", "was_contact": ""}
    sends(browser, "/privacy", **old, shows_company="1")
    sends(browser, "/privacy", **old, listed="1", shows_company="1", contact="微信 ming")
    with world.scene() as scene:
        row = scene.session.get_one(Preference, ("renren", 1))
        assert (row.listed, row.shows_company, row.contact) == (False, True, "微信 ming")


def test_follows(world: World) -> None:
    browser = world.signed_in("小明")
    assert "已订阅「跨境电商」" in sends(browser, "/follows", keyword="跨境电商")
    assert "早就订阅了" in sends(browser, "/follows", keyword="跨境电商")
    assert "太宽泛" in sends(browser, "/follows", keyword="的")
    assert "想订阅什么" in sends(browser, "/follows", keyword=" ")
    assert "已退订「跨境电商」" in sends(browser, "/follows/remove", keyword="跨境电商")


def test_privacy_and_mute(world: World) -> None:
    browser = world.signed_in("小明")
    assert "先写上怎么联系你" in sends(browser, "/privacy", listed="1", shows_contact="1")
    assert "记下了" in sends(browser, "/privacy", listed="1", contact="微信 ming")
    with world.scene() as scene:
        row = scene.session.get_one(Preference, ("renren", 1))
        assert (row.listed, row.shows_company, row.shows_contact) == (True, False, False)
        assert row.unsubscribe
    telling = "后来的匹配也不再私下告诉你"
    assert telling in browser.looks(f"{ME}/privacy")
    assert telling in sends(browser, "/mute", muted="1")
    with world.scene() as scene:
        assert scene.session.get_one(Member, ("renren", 1)).muted
    assert "有合适的会再 @ 你" in sends(browser, "/mute")


def test_mail(world: World) -> None:
    browser = world.signed_in("小明")
    assert "先加一个邮箱" in sends(browser, "/mail", alerts="now", digest="off")
    assert "写得不对" in sends(browser, "/mail/add", mail="ming")
    assert "填验证码" in sends(browser, "/mail/add", mail=MAIL)
    assert "验证码不对" in sends(browser, "/mail/code", mail=MAIL, code="x")
    code = code_in(world.letters(f"mail:{MAIL}")[-1].text)
    assert "加好了" in sends(browser, "/mail/code", mail=MAIL, code=code)
    assert "记下了" in sends(browser, "/mail", alerts="now", digest="weekly")
    assert '<option value="now" selected' in browser.page
    assert "请从列出的" in sends(browser, "/mail", alerts="x", digest="off")
    assert f"{MAIL} 去掉了" in sends(browser, "/mail/remove", mail=MAIL)
    assert "没有这个邮箱" in sends(browser, "/mail/remove", mail="x@y.zz")


def test_an_address_of_somebody_else(world: World) -> None:
    world.member("小红", mail=MAIL)
    browser = world.signed_in("小明")
    assert "填验证码" in sends(browser, "/mail/add", mail=MAIL)
    code = code_in(world.letters(f"mail:{MAIL}")[-1].text)
    assert "登记在另一个账号下" in sends(browser, "/mail/code", mail=MAIL, code=code)


def test_devices(world: World) -> None:
    browser, phone = world.signed_in("小明"), world.signed_in("小明")
    page = browser.looks(f"{ME}/devices")
    assert page.count("退出 测试") == 2
    other = next(
        found
        for found in re.findall(r'name="device" value="(\w+)"', page)
        if found not in page[: page.index("这一台")]
    )
    sends(browser, "/devices/end", device="nothing")
    assert "早就退出了" in browser.page
    sends(browser, "/devices/end", device=other)
    phone.looks(ME)
    browser.looks(ME)
    assert sorted("sign-in" in one.path for one in (browser, phone)) == [False, True]
    left = phone if "sign-in" in browser.path else browser
    sends(left, "/devices/end-all")
    left.looks(ME)
    assert "sign-in" in left.path


def test_my_data(world: World) -> None:
    browser = world.signed_in("小明", company="某司")
    assert "某司" in browser.looks(f"{ME}/data")
    answer = browser.client.get(f"{ME}/data.json")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert json.loads(answer.text)["名片"]["公司"] == "某司"


def test_erasure_takes_a_code_and_a_choice(world: World) -> None:
    browser = world.signed_in("小明")
    world.posts("小明", "求一台咖啡机")
    assert "验证码发到机器人私聊了" in sends(browser, "/data/code")
    code = code_in(world.letters("onebot:小明")[-1].text)
    assert "先选一种" in sends(browser, "/data/erase", code=code)
    assert "什么都没删" in sends(browser, "/data/erase", code="x", choice="removed")
    page = sends(browser, "/data/erase", code=code, choice="removed")
    assert "帖子删掉 1 条" in page
    browser.looks(ME)
    assert "sign-in" in browser.path
    with world.scene() as scene:
        assert scene.session.get(Member, ("renren", 1)) is None


def test_the_code_of_one_erases_nobody_else(world: World) -> None:
    browser, other = world.signed_in("小明"), world.signed_in("小红")
    sends(browser, "/data/code")
    code = code_in(world.letters("onebot:小明")[-1].text)
    assert "什么都没删" in sends(other, "/data/erase", code=code, choice="removed")


def test_the_covenant(new_world: NewWorld) -> None:
    world = new_world(terms=Terms(covenant=Covenant("1. 不发广告")))
    assert "不发广告" in world.browser().looks("/c/renren/covenant")
    browser = world.signed_in("小明")
    version = world.settings.terms.covenant.version
    browser.looks("/c/renren/covenant")
    assert "刚刚改过" in browser.sends("/c/renren/covenant", version="old")
    assert "你同意这一版公约" in browser.sends("/c/renren/covenant", version=version)
    assert "你已经同意了这一版" in browser.page


def test_a_guest_sees_what_is_for_guests(world: World) -> None:
    browser = world.signed_in("小客", role="guest")
    page = browser.looks(ME)
    assert "/me/follows" not in page
    assert "/members" not in page
    assert browser.status == 200


def test_a_guest_ends_what_he_posted_as_a_member(world: World) -> None:
    world.posts("小客", "求一台咖啡机")
    browser = world.signed_in("小客", role="guest")
    page = browser.looks(ME)
    assert "/posts/1/done" in page
    assert "/posts/1/withdraw" in page
    assert "/posts/1/renew" not in page
    page = browser.looks("/c/renren/posts/1")
    assert "/posts/1/withdraw" in page
    assert "/posts/1/renew" not in page
    assert "/posts/1/edit" not in page
    assert "办成了" in browser.sends("/c/renren/posts/1/done")
