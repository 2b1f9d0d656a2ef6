"""Pages as WeChat and QQ open them, in browsers of their own that do some things in another way."""

import pytest

from tests.community.vetting.pictures import JPEG, PDF
from tests.web.applying import JOIN, applies, fills
from tests.web.world import HOME, OWNER, Browser, World

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
