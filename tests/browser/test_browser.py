"""The browser of the tests itself: does it see what people see, and miss no trouble?"""

from pathlib import Path

import pytest

from tests.browser import (
    DESKTOP,
    PHONE,
    NewPage,
    Screenshot,
    Serve,
    Size,
    Troubles,
    check_accessible,
)
from tests.browser.pictures import VARIABLE
from tests.browser.site import site

pytestmark = pytest.mark.browser

_GLYPH = """text => {
    const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40});
    const pen = canvas.getContext("2d");
    pen.font = "32px sans-serif";
    pen.fillText(text, 2, 34);
    return pen.getImageData(0, 0, 40, 40).data.join();
}"""
_NO_SIGN = "\U000f0000"  # for private use: a font has none, so the box for unknown signs is drawn


def test_chinese_is_drawn_and_no_boxes(serve: Serve, new_page: NewPage) -> None:
    page = new_page(serve(site("")))
    page.goto("/")
    glyphs = {page.evaluate(_GLYPH, text) for text in (" ", _NO_SIGN, "老", "友", "龘")}
    assert len(glyphs) == 5


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_people_come_as_they_are(
    serve: Serve, new_page: NewPage, size: Size, dark: bool, javascript: bool
) -> None:
    body = "<noscript><p>没有脚本</p></noscript><script>document.body.dataset.ran = 1</script>"
    page = new_page(serve(site(body, scripts=True)), size, dark=dark, javascript=javascript)
    page.goto("/")
    assert page.evaluate("innerWidth") == size.width
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == dark
    assert page.evaluate("matchMedia('(pointer: coarse)').matches") == size.phone
    assert ("没有脚本" in page.inner_text("body")) != javascript
    assert page.locator("[data-ran]").count() == int(javascript)


def test_what_keeps_people_out(serve: Serve, new_page: NewPage) -> None:
    page = new_page(serve(site("<label>姓名</label><input>")))
    page.goto("/")
    with pytest.raises(pytest.fail.Exception, match=r"label \(critical\)(.|\n)*<input>"):
        check_accessible(page)
    page = new_page(serve(site("<label>姓名 <input></label>")))
    page.goto("/")
    check_accessible(page)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<script>console.error('糟了')</script>", "console error: 糟了"),
        ("<script>console.warn('小心')</script>", "console warning: 小心"),
        ("<script>throw new Error('坏了')</script>", "uncaught: Error: 坏了"),
        ("<img alt='' src='/none.png'>", "404"),
        ("<img alt='' src='http://192.0.2.1/a.png'>", "outside: GET http://192.0.2.1/a.png"),
        ("<script src='https://cdn.example/a.js'></script>", "outside: GET https://cdn.example/"),
        ("<script>new WebSocket('ws://192.0.2.1/')</script>", "outside: WebSocket ws://192.0.2.1/"),
        ("<script>fetch('http://127.0.0.1:9/')</script>", "outside: GET http://127.0.0.1:9/"),
    ],
)
def test_a_trouble_fails_the_test(
    serve: Serve, new_page: NewPage, troubles: Troubles, body: str, told: str
) -> None:
    page = new_page(serve(site(body, scripts=True)))
    page.goto("/")
    with pytest.raises(pytest.fail.Exception, match=told):
        troubles.check()
    page.context.close()
    troubles.taken()  # what a slow browser tells later is about the same


def test_what_the_policy_of_the_page_forbids_is_a_trouble(
    serve: Serve, new_page: NewPage, troubles: Troubles
) -> None:
    page = new_page(serve(site("<p style='color: red'>红</p>")))
    page.goto("/")
    assert "Content Security Policy" in "\n".join(troubles.taken())
    check_accessible(page)
    assert troubles.taken() == []


def test_pictures_go_where_they_are_wanted(
    serve: Serve,
    new_page: NewPage,
    screenshot: Screenshot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = new_page(serve(site("<p>需求和供给</p>")), PHONE)
    page.goto("/")
    monkeypatch.delenv(VARIABLE, raising=False)
    screenshot(page, "browser")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "images"))
    screenshot(page, "whole", whole=True)
    (drawn,) = tmp_path.rglob("*.png")
    assert drawn == tmp_path / "images" / "whole.png"
    assert drawn.read_bytes().startswith(b"\x89PNG")
