"""Names that are read from the right, beside what is read from the left."""

import pytest

from tests.browser import DESKTOP, NewPage, Serve
from tests.browser.conftest import SignIn
from tests.web.world import HOME, OWNER, World

pytestmark = pytest.mark.browser
NAME = "عبد الرحمن"
_ORDER = """date => [...document.querySelectorAll('main *')]
  .flatMap(one => [...one.childNodes])
  .filter(one => one.nodeType === 3 && one.data.includes(date))
  .map(one => {
    const place = one.data.indexOf(date), range = document.createRange();
    const left = at => {
      range.setStart(one, at), range.setEnd(one, at + 1);
      return range.getBoundingClientRect().left;
    };
    return left(place) < left(place + date.length - 1);
  })"""


@pytest.mark.parametrize("path", ["/find", "/find?q=投影仪", "/posts/1", "/office/posts", "/me"])
def test_the_year_stands_before_the_day(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, path: str
) -> None:
    post = world.posts(NAME, "求一台投影仪")
    page = new_page(serve(world.site), DESKTOP)
    sign_in(page, world, NAME if path == "/me" else OWNER)
    page.goto(f"{HOME}{path}")
    for day in (post.created_at, post.expires_at):
        assert False not in page.evaluate(_ORDER, f"{day:%Y-%m-%d}")
