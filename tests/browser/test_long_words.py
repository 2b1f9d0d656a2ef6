"""A form of one's own with long labels, and applicants who write much."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from community.form import ApplicationRules, FormField
from matching import Analyser
from storage.database import Database
from tests.browser import DESKTOP, PHONE, NewPage, Serve, Size
from tests.browser.conftest import SignIn
from tests.browser.test_every_page import wide
from tests.web.office.newcomers import applies
from tests.web.world import OWNER, World

pytestmark = pytest.mark.browser
LABEL = "入学年份、学院和专业（例如 2008 级 计算机学院 软件工程）"
NARROW = Size(320, 640, phone=True)
_NARROWEST = "Math.min(...[...document.querySelectorAll('dd')].map(one => one.offsetWidth))"


@pytest.fixture
def world(database: Database, analyser: Analyser, tmp_path: Path) -> World:
    """A community that asks at length."""
    fields = (
        FormField(key="name", required=True),
        FormField(key="grade", label=LABEL, required=True),
        FormField(key="intro", max=1000),
    )
    return World(database, analyser, tmp_path / "p", application=ApplicationRules(fields=fields))


def narrowest(page: Page) -> int:
    """The width of the answer with the least room."""
    width: int = page.evaluate(_NARROWEST)
    return width


@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP])
def test_long_labels_leave_room_for_answers(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, size: Size
) -> None:
    applies(world, "欧阳娜娜", grade="2008 级", intro=f"https://example.com/{'x' * 300}")
    page = new_page(serve(world.site), size)
    sign_in(page, world, OWNER)
    for path in ("/c/renren/office/queue", "/c/renren/office/queue/1"):
        page.goto(path)
        assert not wide(page)
        assert narrowest(page) > size.width // 5
