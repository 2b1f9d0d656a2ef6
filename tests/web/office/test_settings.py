"""Settings on the web, and the public page that they switch on."""

import re
from typing import Any

from storage.queries import audit
from tests.web.world import OWNER, World

SETTINGS = "/c/renren/office/settings"
USUAL: dict[str, str] = {
    "nickname": "{name}-{company}-{title}",
    "timeout_days": "7",
    "posts_per_day": "3",
    "max_mentions": "3",
    "mentions_per_day": "1",
    "mentions_per_week": "3",
    "welcome": "1",
}


def saves(world: World, **typed: Any) -> str:
    browser = world.signed_in(OWNER)
    browser.looks(SETTINGS)
    fields = {key: value for key, value in {**USUAL, **typed}.items() if value}
    return browser.sends(SETTINGS, **fields)


def test_a_form_that_waits_for_its_sign_in_still_tells_what_the_page_showed(world: World) -> None:
    browser = world.browser()
    browser.looks("/c/renren/sign-in")
    shown = {"was_about": "我们是一群老朋友", "was_front": ""}
    page = browser.sends(SETTINGS, None, **USUAL, **shown, about="我们是一群新老朋友")
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert kept | shown == kept
    assert re.findall(r'<p class="prose">(我们.+)</p>', page) == ["我们是一群新老朋友"]


def test_two_admins_at_once_undo_nothing_of_each_other(world: World) -> None:
    browser = world.signed_in(OWNER)
    page = browser.looks(SETTINGS)
    was = dict(re.findall(r'<input type="hidden" name="(was_\w+)" value="([^"]*)">', page))
    assert (was["was_posts_per_day"], was["was_welcome"], was["was_front"]) == ("3", "1", "")
    saves(world, posts_per_day="5", about="我们是一群老朋友", welcome="")
    said = browser.sends(SETTINGS, **{**USUAL, **was, "max_mentions": "2"})
    assert "已保存：一条帖子最多 @ 几个人。" in said
    with world.scene() as scene:
        assert scene.settings.limits.posts_per_day == 5
        assert scene.settings.matching.max_mentions == 2
        assert scene.settings.front.about == "我们是一群老朋友"
        assert not scene.settings.welcome


def test_what_is_set_holds_and_goes_back(world: World) -> None:
    page = saves(world, posts_per_day="5", welcome="")
    assert "已保存：在群里欢迎新人、每人一天最多发几条。" in page
    assert "改回配置文件的（3）" in page
    assert "改回配置文件的（开）" in page
    with world.scene() as scene:
        assert scene.settings.limits.posts_per_day == 5
        assert not scene.settings.welcome
        entry = audit.latest(
            scene.session, community_id="renren", wanted=audit.Wanted(subject="community"), limit=1
        )[0]
        assert entry.detail == {"settings": ["welcome", "posts_per_day"]}
    with world.scene("other") as scene:
        assert scene.settings.limits.posts_per_day == 3
    page = saves(world, posts_per_day="99999x", back_posts_per_day="1", welcome="")
    assert "已保存：每人一天最多发几条。" in page
    with world.scene() as scene:
        assert scene.settings.limits.posts_per_day == 3
        assert not scene.settings.welcome
    assert "没有改动。" in saves(world, welcome="")


def test_numbers_in_full_width_and_no_pattern_of_cards(world: World) -> None:
    field = re.search(r'<input id="f-nickname"[^>]*>', world.signed_in(OWNER).looks(SETTINGS))
    assert field is not None
    assert "required" not in field[0]
    browser = world.signed_in(OWNER)
    browser.looks(SETTINGS)
    said = browser.sends(SETTINGS, None, **{**USUAL, "posts_per_day": "１２", "nickname": ""})
    assert "已保存：群名片的格式、每人一天最多发几条。" in said
    with world.scene() as scene:
        assert (scene.settings.limits.posts_per_day, scene.settings.nickname) == (12, "")


def test_what_is_wrong_is_kept_and_told(world: World) -> None:
    page = saves(world, max_mentions="11", timeout_days="零", nickname="{nam}", about="长" * 2001)
    assert "有 4 处没填对" in page
    assert "写 0 到 10 的整数。" in page
    assert "写 1 到 60 的整数。" in page
    assert "花括号里只能写" in page
    assert "最多 2000 字。" in page
    assert 'value="零"' in page
    with world.scene() as scene:
        assert scene.settings.matching.max_mentions == 3


def test_only_admins(world: World) -> None:
    operator = world.signed_in("小运", role="operator")
    operator.looks(SETTINGS)
    assert operator.status == 403
    operator.looks("/c/renren/find")
    operator.sends(SETTINGS, posts_per_day="9")
    assert operator.status == 403


def test_the_public_page_is_off_until_it_is_switched_on(world: World) -> None:
    stranger = world.browser()
    stranger.looks("/c/renren")
    assert stranger.path == "/c/renren/sign-in"
    stranger.looks("/c/renren/about")
    assert stranger.status == 404
    saves(world, front="1", about="<老同事>互相帮忙\n一起做事", partners="hi@example.com")
    world.posts("小明", "找一位设计师")
    page = stranger.looks("/c/renren")
    assert stranger.path == "/c/renren"
    assert "&lt;老同事&gt;互相帮忙" in page
    assert '<meta property="og:description" content="&lt;老同事&gt;互相帮忙">' in page
    assert 'content="index,follow"' in page
    assert "noindex" not in page
    assert 'href="/join/renren"' in page
    assert "hi@example.com" in page
    assert "<b>1</b><span>条需求和供给（30 天）" in page
    assert "小明" not in page
    member = world.signed_in("小明")
    member.looks("/c/renren")
    assert member.path == "/c/renren/find"
    assert "互相帮忙" in member.looks("/c/renren/about")
    stranger.looks("/c/other")
    assert stranger.path == "/c/other/sign-in"
