"""Letters as large as WeChat can set them, 1.6 times as on a phone; boxes do not grow with them."""

import pytest

from tests.browser import NewPage, Serve, Size, Troubles
from tests.browser.conftest import SignIn
from tests.browser.test_every_page import lives, paths
from tests.web.world import OWNER, World

pytestmark = pytest.mark.browser
SMALL = Size(375, 667, phone=True)
_GROW = """() => {
    const all = [...document.querySelectorAll("body, body *:not(svg, svg *)")];
    const sizes = all.map((one) => parseFloat(getComputedStyle(one).fontSize) * 1.6);
    all.forEach((one, at) => one.style.setProperty("font-size", `${sizes[at]}px`, "important"));
}"""
_CUT = """() => [...document.querySelectorAll("body *:not(svg *)")].filter((one) => {
    if (one.closest(".visually-hidden, .skip, .table, svg") || !one.offsetWidth) return false;
    if (one.getBoundingClientRect().right > innerWidth + 1) return true;
    if (one.matches("input:not([type=date]), textarea, select")) return false;
    const style = getComputedStyle(one), width = one.offsetWidth;
    if (style.overflowX === "hidden" && one.scrollWidth > one.clientWidth + 1) return true;
    if (one.type !== "date") return false;
    one.style.width = "max-content";
    return one.offsetWidth > width;
}).map((one) => one.outerHTML.slice(0, 200))"""
_TABS = """() => [...document.querySelectorAll(".tabs a span, .stages li, .subtabs a")]
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([one, box], at, all) => all.slice(0, at).some(([_, other]) =>
        Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1
        && Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1))
    .map(([one]) => one.textContent)"""


def test_nothing_is_cut_and_nothing_lies_on_another(
    world: World, serve: Serve, new_page: NewPage, sign_in: SignIn, troubles: Troubles
) -> None:
    lives(world)
    page = new_page(serve(world.site), SMALL)
    sign_in(page, world, OWNER)
    found = {}
    for path in paths():
        page.goto(path)
        page.evaluate(_GROW)
        if cut := page.evaluate(_CUT) + page.evaluate(_TABS):
            found[path] = cut
    troubles.taken()  # pages that are not there
    assert found == {}
