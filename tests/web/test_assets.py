"""How long browsers keep the files that pages are made of."""

import re
from pathlib import Path

from tests.web.world import World
from web import assets

KEPT = "public, max-age=31536000, immutable"


def test_a_browser_keeps_what_a_page_is_made_of(world: World) -> None:
    browser = world.browser()
    page = browser.looks("/c/renren/sign-in")
    addresses = re.findall(r'"(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        assert browser.client.get(address).headers["cache-control"] == KEPT


def test_another_version_of_a_file_is_not_kept_under_this_address(world: World) -> None:
    client = world.browser().client
    for address in ("/static/style.css", "/static/style.css?0123456789"):
        answer = client.get(address)
        assert answer.headers["cache-control"] == "no-cache"
        again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == "no-cache"


def test_a_file_that_is_not_there_is_asked_for_again(world: World) -> None:
    client = world.browser().client
    assert client.get("/static/nothing.css").headers["cache-control"] == "no-store"


def test_the_address_changes_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "style.css"
    file.write_text("a")
    before = assets.digest(file)
    file.write_text("b")
    assert assets.digest(file) != before
