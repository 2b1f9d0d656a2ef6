"""Pages as WeChat and QQ open them, in browsers of their own that do some things in another way."""

import pytest

from community.signing_in import devices, links
from storage.tables import Member
from tests.community.vetting.pictures import JPEG, PDF
from tests.web.applying import JOIN, applies, fills
from tests.web.world import ADDRESS, HOME, OWNER, Browser, World

WECHAT = "Mozilla/5.0 (Linux; Android 13) Chrome/116.0 Mobile MicroMessenger/8.0.49 NetType/4G"
QQ = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 QQ/9.0.60.618"
QQ_BROWSER = "Mozilla/5.0 (Linux; Android 13) Chrome/109.0 MQQBrowser/14.9 Mobile Safari/537.36"


def opened_with(browser: Browser, agent: str) -> Browser:
    browser.client.headers["user-agent"] = agent
    return browser


@pytest.mark.parametrize(("agent", "chat"), [(WECHAT, "微信"), (QQ, "QQ"), (QQ_BROWSER, "")])
def test_how_to_save_a_file(world: World, agent: str, chat: str) -> None:
    newcomer = world.browser()
    fills(newcomer)
    newcomer.sends(f"{JOIN}/files", files={"files": ("b.pdf", PDF, "")})
    applies(world, newcomer)
    browser = opened_with(world.signed_in(OWNER), agent)
    for path in ("me/data", "office/audit", "office/queue", "office/queue/1", "office/proofs?a=1"):
        page = browser.looks(f"{HOME}/{path}")
        assert ("用浏览器打开" in page) == bool(chat), path
        assert f"在{chat}里下载不了" in page or not chat


def test_a_picture_is_shown_and_need_not_be_saved(world: World) -> None:
    newcomer = world.browser()
    fills(newcomer)
    newcomer.sends(f"{JOIN}/files", files={"files": ("a.jpg", JPEG, "")})
    applies(world, newcomer)
    browser = opened_with(world.signed_in(OWNER), WECHAT)
    assert "用浏览器打开" not in browser.looks(f"{HOME}/office/queue")


@pytest.mark.parametrize("origin", ["null", "https://weixin110.qq.com", None])
def test_a_form_is_known_by_its_token_wherever_it_says_it_comes_from(
    world: World, origin: str | None
) -> None:
    browser = opened_with(world.signed_in("小明"), WECHAT)
    browser.looks(f"{HOME}/new")
    if origin is not None:
        browser.client.headers["origin"] = origin
    assert "已发布 #1" in browser.sends(f"{HOME}/new", kind="need", text="求一台投影仪")


def test_a_program_that_looks_at_links_first_uses_nothing_up(world: World) -> None:
    member = world.member("小明")
    with world.scene() as scene:
        link = links.offer(scene, member=scene.session.merge(member))
    robot = world.browser("192.0.2.1").client
    for method in ("HEAD", "GET", "GET", "OPTIONS"):
        robot.request(method, link, headers={"user-agent": "Mozilla/5.0 MicroMessenger"})
    browser = opened_with(world.browser(), WECHAT)
    browser.looks(link.removeprefix(ADDRESS))
    browser.sends(link)
    assert browser.path == f"{HOME}/find"


@pytest.mark.parametrize(("agent", "told"), [(WECHAT, True), (QQ_BROWSER, False)])
def test_what_waits_for_a_sign_in_may_be_pushed_out(world: World, agent: str, told: bool) -> None:
    browser = opened_with(world.signed_in("小明"), agent)
    browser.looks(f"{HOME}/new")
    with world.scene() as scene:
        devices.end_all(scene, member=scene.session.get_one(Member, ("renren", 1)))
    page = browser.sends(f"{HOME}/new", kind="need", text="求一台周末用的投影仪")
    assert ("在微信里，新的一页可能把这一页顶掉" in page) == told
