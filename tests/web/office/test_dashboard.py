"""The dashboard, and its pictures."""

import base64
from pathlib import Path
from xml.etree import ElementTree

import pytest

from community.actions import Image
from community.office.numbers import Chart, Series
from tests.web.office.newcomers import applies
from tests.web.world import GROUP, OWNER, World
from web.charts import fonts
from web.charts.drawing import draw

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


def test_to_the_group(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ".local/share/fonts"
    folder.mkdir(parents=True)
    (folder / "NotoSansSC-Regular.ttf").write_bytes(b"")  # words are not drawn with it
    monkeypatch.setenv("HOME", str(tmp_path))
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


def test_the_best_font_that_is_there(tmp_path: Path) -> None:
    assert fonts.found([tmp_path, tmp_path / "none"]) is None
    for name in ("DejaVuSans.ttf", "wqy-zenhei.ttc", "NotoSansCJK-Bold.ttc", "notosanscjk.txt"):
        (tmp_path / name).write_bytes(b"")
    assert fonts.found([tmp_path]) == tmp_path / "NotoSansCJK-Bold.ttc"
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"")
    assert fonts.found([tmp_path]) == tmp_path / "NotoSansCJK-Regular.ttc"


def test_operators_review_and_count_nothing(world: World) -> None:
    operator = world.signed_in("小运", role="operator")
    operator.looks(OFFICE)
    assert operator.path == f"{OFFICE}/queue"
    operator.sends(f"{OFFICE}/charts/posts/announce", group=GROUP)
    assert operator.status == 403
