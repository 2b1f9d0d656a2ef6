"""The dashboard, and its pictures."""

import base64
from datetime import timedelta
from xml.etree import ElementTree

from community.actions import Image
from community.office.numbers import Chart, Series, numbers
from tests.web.office.newcomers import applies
from tests.web.world import GROUP, OWNER, World
from web.charts.drawing import draw
from web.charts.picture import picture

OFFICE = "/c/renren/office"


def test_numbers_and_pictures(world: World) -> None:
    world.posts("小明", "找一位设计师")
    applies(world, "张三")
    page = world.signed_in(OWNER).looks(OFFICE)
    assert "<b>1</b><span>份申请待审" in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="pygal-chart"') == 2
    assert "style=" not in page


def test_a_picture_says_nothing_but_itself() -> None:
    evil = Chart("posts", "每周<b>", ["2/23", "3/2"], (Series("<script>", [0, 3]),) * 2, True)
    drawn = draw(evil)
    ElementTree.fromstring(drawn)
    assert "<script>" not in drawn
    assert "style" not in drawn
    assert 'aria-label="每周&lt;b&gt;"' in drawn
    assert "3/2" in drawn
    draw(Chart("members", "空", ["3/2"], (Series("成员", [0]),), stacked=False))


def test_to_the_group(world: World) -> None:
    world.posts("小明", "找一位设计师")
    browser = world.signed_in(OWNER)
    browser.looks(OFFICE)
    page = browser.sends(f"{OFFICE}/charts/posts/announce", group=GROUP)
    assert "已发到群里。" in page
    sent = world.letters(GROUP)[-1]
    assert sent.text.startswith("「老友记」每周的帖子\n本周需求 1 条、供给 0 条。")
    picture = sent.segments[1]
    assert isinstance(picture, Image)
    assert base64.b64decode(picture.source.removeprefix("base64://")).startswith(b"\x89PNG")
    assert "把图表发到了群里" in browser.looks(f"{OFFICE}/audit")
    browser.looks(OFFICE)
    browser.sends(f"{OFFICE}/charts/posts/announce", group="onebot:200")
    assert browser.status == 422
    browser.sends(f"{OFFICE}/charts/none/announce", group=GROUP)
    assert browser.status == 404


def test_clicked_again_while_it_was_drawn(world: World) -> None:
    browser = world.signed_in(OWNER)
    browser.looks(OFFICE)
    for _ in range(2):
        page = browser.sends(f"{OFFICE}/charts/posts/announce", group=GROUP)
        assert "已发到群里。" in page
        world.clock.advance(timedelta(seconds=5))
    assert len(world.letters(GROUP)) == 1
    browser.sends(f"{OFFICE}/charts/members/announce", group=GROUP)
    assert len(world.letters(GROUP)) == 2
    world.clock.advance(timedelta(minutes=2))
    browser.sends(f"{OFFICE}/charts/posts/announce", group=GROUP)
    assert len(world.letters(GROUP)) == 3


def test_the_font_has_every_sign_of_a_chart(world: World) -> None:
    """A sign that is missing is drawn as an empty box, like every other one that is missing."""
    with world.scene() as scene:
        charts = numbers(scene).charts
    signs = sorted({sign for chart in charts for one in chart.series for sign in one.name})
    signs += "0123456789/,"
    box = written("\u9f98")
    drawn = {sign: written(sign) for sign in signs}
    assert [sign for sign, shape in drawn.items() if shape == box] == []
    assert len(set(drawn.values())) == len(signs)


def written(sign: str) -> bytes:
    return picture(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
        f'<text x="5" y="30">{sign}</text></svg>'
    )


def test_operators_review_and_count_nothing(world: World) -> None:
    operator = world.signed_in("小运", role="operator")
    operator.looks(OFFICE)
    assert operator.path == f"{OFFICE}/queue"
    operator.sends(f"{OFFICE}/charts/posts/announce", group=GROUP)
    assert operator.status == 403
