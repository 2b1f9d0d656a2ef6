"""Somebody fills in the form on the pages, and an admin decides."""

import re

from community.vetting import deciding, finding
from storage.queries.people import people
from tests.web.world import OWNER, Browser, World

JOIN = "/join/renren"
MAIL = "zhang@example.com"
FILLED = {
    "mail": MAIL, "answer-name": "张三", "answer-company": "人人网",
    "answer-years": "2016-2019", "answer-title": "产品经理", "answer-city": "北京",
    "answer-consent": "1",
}  # fmt: skip


def code_of(world: World, mail: str = MAIL) -> str:
    """What the last letter with a code says."""
    texts = [letter.text for letter in world.letters(f"mail:{mail}")]
    found = [re.search(r"验证码是 (\d{6})", text) for text in texts]
    return next(one[1] for one in reversed(found) if one)


def fills(browser: Browser, do: str = "next", /, **other: str) -> str:
    browser.looks(f"{JOIN}?edit=1")
    return browser.sends(JOIN, None, do=do, **{**FILLED, **other})


def applies(world: World, browser: Browser | None = None, **other: str) -> Browser:
    browser = browser or world.browser()
    fills(browser, **other)
    browser.sends(f"{JOIN}/files", do="next")
    browser.sends(f"{JOIN}/summary")
    if browser.path.startswith(f"{JOIN}/code"):
        code = code_of(world, other.get("mail", MAIL))
        browser.sends(f"{JOIN}/code", code=code, then="submit")
    assert browser.path == f"{JOIN}/progress", browser.page
    return browser


def decides(world: World, verb: str, text: str = "") -> None:
    with world.scene() as scene:
        admin = people.by_account(scene.session, community_id="renren", account=f"onebot:{OWNER}")
        application = finding.of_person(scene, f"mail:{MAIL}")[0]
        assert admin is not None
        match verb:
            case "approve":
                deciding.approve(scene, application=application, admin=admin)
            case "reject":
                deciding.reject(scene, application=application, admin=admin, reason=text)
            case "ask":
                deciding.ask(scene, application=application, admin=admin, question=text)
