"""Whatever is typed into whichever field of whichever page comes back as words, or not at all."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from fastapi.routing import APIRoute
from markupsafe import escape

from community.members.people import get_or_create_member
from community.vetting.drafts import Applicant, create
from community.vetting.submitting import submit
from tests.faults.forms import Form, forms_of
from tests.faults.test_hostile import RAW, TEXTS
from tests.web.applying import JOIN, MAIL, applies, decides
from tests.web.world import OWNER, Browser, World
from web.site import found_routers

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"])

LEFT_ALONE = ("/sign-out", "/end", "/end-all", "/erase", "/leave", "/proofs", "/play", "/enter")
ANSWERS = ("company", "voucher", "gives", "seeks", "proof")
EACH = 3  # of the texts for each form; the next form gets the next ones


def pages(prefix: str) -> list[str]:
    """All that can be opened under it."""
    found = {
        route.path.format(community="renren", number="1", token="x", name="x")
        for router in found_routers()
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }
    return sorted(path for path in found if path.startswith(prefix) and ".json" not in path)


def lives(world: World) -> None:
    """Something to write about on each page."""
    for name in ("小明", "小红"):
        world.member(name)
    world.posts(OWNER, "求一台投影仪")
    world.posts("小红", "出一台投影仪", kind="offer")
    with world.scene() as scene:
        get_or_create_member(scene, account="onebot:小张", name="小张")
        for number in range(6):
            made = create(scene, Applicant(f"onebot:{number}", "小张"), source="chat")
            made.answers = {"name": "张三", "company": "人人网", "city": "北京"}
            submit(scene, made)


def typed_into(form: Form) -> Iterator[Form]:
    """The form, if a person writes anything in it."""
    if form.typed and not any(part in form.action for part in LEFT_ALONE):
        yield form


def tries(browser: Browser, path: str, form: Form, first: int) -> set[str]:
    """Some of the texts, each in all fields at once; gives those that came back, as words."""
    shown = set()
    for turn in range(EACH):
        name, text = list(TEXTS.items())[(first * EACH + turn) % len(TEXTS)]
        html = sent(browser, path, form, text)
        assert browser.status < 500, (path, form.action, name)
        assert harmless(html), (path, form.action, name)
        if str(escape(text)) in html:
            shown.add(name)
    return shown


def harmless(html: str) -> bool:
    """No text has become markup."""
    return not any(raw in html for raw in RAW)


def sent(browser: Browser, path: str, form: Form, text: str) -> str:
    """With the first button, where there are several."""
    browser.looks(path)
    fields = form.filled(lambda _name: text)
    name, value, action = form.buttons[0] if form.buttons else ("", "", "")
    fields |= {name: value} if name else {}
    fields.pop("csrf", None)
    target = action or form.action or path
    if form.method == "get":
        response = browser.client.get(target, params=fields)
        browser.status, browser.page = response.status_code, response.text
        return browser.page
    return browser.sends(target, None, **fields)


def all_tried(world: World, browser: Browser, prefix: str) -> tuple[int, set[str]]:
    """How many forms there were, and which texts came back."""
    count, shown = 0, set[str]()
    for path in pages(prefix):
        html = browser.looks(path)
        if browser.status != 200:
            continue
        for form in (one for found in forms_of(html) for one in typed_into(found)):
            shown |= tries(browser, path, form, count)
            count += 1
    for path in pages(prefix):
        html = browser.looks(path)
        assert browser.status < 500, path
        assert harmless(html), path
    assert world.faults == []
    return count, shown


def test_forms_of_members(world: World) -> None:
    lives(world)
    count, shown = all_tried(world, world.signed_in(OWNER, mail="o@x.cn"), "/c/renren")
    assert count > 20
    assert len(shown) > len(TEXTS) - 3


@pytest.mark.parametrize("texts", [list(TEXTS)[at::3] for at in range(3)], ids=["1", "2", "3"])
def test_an_application(world: World, texts: list[str]) -> None:
    """Typed on the form, read by admins, asked back, answered, turned down."""
    office, lines = world.signed_in(OWNER), [TEXTS[name] for name in texts]
    answers = cycle(lines)
    browser = applies(world, None, **{f"answer-{name}": next(answers) for name in ANSWERS})
    decides(world, "ask", next(answers))
    seen = [browser.looks(f"{JOIN}/progress"), office.looks("/c/renren/office/queue/1")]
    browser.looks(f"{JOIN}/progress")
    seen.append(browser.sends(f"{JOIN}/progress/answer", answer=next(answers)))
    decides(world, "reject", next(answers))
    seen += [browser.looks(f"{JOIN}/progress"), office.looks("/c/renren/office/queue/1")]
    assert all(harmless(html) for html in seen)
    assert {browser.status, office.status} == {200}
    assert world.faults == []
    told = "\n".join(letter.text for letter in world.letters(f"mail:{MAIL}"))
    assert sum(one in told for one in lines) >= 2  # a letter is words alone
    assert sum(str(escape(one)) in seen[1] for one in lines) >= 3
