"""The playground of a bot that was started with its defaults, as somebody meets it first."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, check_accessible
from tests.browser.aging import grows_old
from tests.e2e.process import LAOYOU

pytestmark = [pytest.mark.browser, pytest.mark.process]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of ``laoyou run``, whose console stays open and silent."""
    (tmp_path / "config.yaml").write_text('web: {listen: "127.0.0.1:0"}', encoding="utf-8")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [LAOYOU, "run"], cwd=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    ) as bot:
        assert bot.stderr is not None
        told = (re.search(r"(http://\S+)/play", line) for line in bot.stderr)
        yield next(found[1] for found in told if found)
        out, err = bot.communicate("")  # the end of the console is the end of the bot
    assert (bot.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_two_people_find_each_other_and_a_newcomer_is_let_in(
    site: str, new_page: NewPage, screenshot: Screenshot
) -> None:
    helper = new_page(site, PHONE)
    helper.goto("/play?as=lisi")
    seeker = new_page(site, DESKTOP)
    seeker.goto("/")
    seeker.get_by_role("button", name="#求 找一位懂跨境电商的合伙人").click()
    answer = seeker.locator(".bot").last
    expect(answer.locator(".play-quote")).to_have_text("小明：#求 找一位懂跨境电商的合伙人")
    expect(answer.locator("mark", has_text="@李四")).to_be_visible()
    expect(seeker.locator("#pool")).to_contain_text("#5 小明")
    # It has come to the other's page by itself, where the @ of himself stands out.
    expect(helper.locator(".bot").last.locator("mark.me")).to_have_text("@李四")
    seeker.mouse.move(0, 0)
    screenshot(seeker, "playground")
    helper.get_by_label("李四说").fill("#谁是 小明")
    helper.get_by_label("李四说").press("Enter")
    expect(helper.locator(".bot").last).to_contain_text("小明")
    expect(helper.get_by_label("李四说")).to_have_value("")
    for page in (helper, seeker):
        check_accessible(page)
    screenshot(helper, "playground-phone")
    _lets_in(seeker)


def _lets_in(page: Page) -> None:
    page.get_by_role("link", name="老陈").click()
    page.locator("#room-admins").click()
    expect(page.locator(".bot").last).to_contain_text("#A1 新申请")
    page.get_by_role("button", name="#通过 A1").click()
    expect(page.get_by_role("button", name="#通过 A1")).to_have_count(0)
    page.locator("#room-group").click()
    expect(page.get_by_text("林夏 进群了")).to_be_visible()
    expect(page.locator(".bot").last).to_contain_text("欢迎 @林夏")
    page.get_by_role("link", name="林夏").click()
    page.get_by_role("button", name="林夏的网页").click()
    expect(page.get_by_role("heading", name="找人，找资源")).to_be_visible()


def test_it_fills_the_screen_of_an_old_browser(site: str, new_page: NewPage) -> None:
    page = new_page(site, DESKTOP)
    grows_old(page)
    page.goto("/play")
    line = page.locator("#say").bounding_box()
    assert line is not None
    assert line["y"] + line["height"] == DESKTOP.height
