"""Applying, on a phone and on a desk: from the empty form to the first sign-in."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from community.vetting.online.proofs import LARGEST
from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, Serve, Size, Troubles
from tests.browser.accessible import check_accessible
from tests.browser.chatting import order
from tests.browser.conftest import SignIn
from tests.community.vetting import pictures
from tests.web.applying import MAIL, code_of
from tests.web.world import ADMIN_GROUP, OWNER, World
from web.request_body import MOST_BYTES

pytestmark = pytest.mark.browser
NAME, COMPANY = ("姓名", "张三"), ("公司", "人人网")
REST = (("在职时间", "2016-2019"), ("现在职位", "产品经理"), ("城市", "北京"))


def fill(page: Page, *answers: tuple[str, str]) -> None:
    """Type answers by what stands above the fields."""
    for label, text in answers:
        page.get_by_label(label, exact=True).fill(text)


def press(page: Page, name: str) -> None:
    """A button."""
    page.get_by_role("button", name=name, exact=True).click()


def look(page: Page, screenshot: Screenshot, name: str) -> None:
    """A page is fit for everybody, and has its picture taken."""
    check_accessible(page)
    screenshot(page, f"join-{name}", whole=True)


@pytest.mark.parametrize(("size", "name"), [(PHONE, "phone"), (DESKTOP, "desktop")])
def test_from_the_form_to_the_pool(
    world: World,
    serve: Serve,
    new_page: NewPage,
    screenshot: Screenshot,
    troubles: Troubles,
    sign_in: SignIn,
    size: Size,
    name: str,
) -> None:
    world.member(OWNER)
    site = serve(world.site)
    page = new_page(site, size, dark=name == "desktop")
    page.goto("/join/renren")
    screenshot(page, f"join-form-{name}", whole=True)
    fill(page, ("邮箱", MAIL), ("姓名", "我叫张三"), COMPANY, *REST)
    press(page, "下一步")
    expect(page.get_by_text("只写名字就好")).to_be_visible()
    assert "422" in troubles.taken()[0]
    look(page, screenshot, f"wrong-{name}")
    fill(page, NAME)
    page.get_by_label("同意管理员").check()
    press(page, "下一步")
    page.get_by_label("传文件").set_input_files(
        {"name": "工牌.png", "mimeType": "image/png", "buffer": pictures.PNG}
    )
    press(page, "上传")
    expect(page.get_by_text("工牌.png")).to_be_visible()
    look(page, screenshot, f"files-{name}")
    press(page, "下一步")
    screenshot(page, f"join-summary-{name}")
    press(page, "没错，发验证码到邮箱")
    screenshot(page, f"join-code-{name}")
    fill(page, ("验证码", code_of(world)))
    press(page, "验证并提交")
    expect(page.get_by_text("等管理员看")).to_be_visible()
    page.get_by_text("删除我填过的内容").click()
    look(page, screenshot, f"waiting-{name}")
    assert "office/proofs?a=1" in world.letters(ADMIN_GROUP)[-1].text
    desk = new_page(site, size, dark=name == "desktop")
    sign_in(desk, world, "小王", role="operator")
    desk.goto("/c/renren/office/proofs?a=1")
    screenshot(desk, f"join-proofs-{name}")
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="工牌.png").click()
    expect(opened.value.locator("img")).to_be_visible()
    assert "通过" in order(world, "#通过 A1")
    page.reload()
    look(page, screenshot, f"approved-{name}")
    page.get_by_role("link", name="去登录").click()
    fill(page, ("邮箱", MAIL))
    press(page, "发验证码")
    fill(page, ("验证码", code_of(world)))
    press(page, "登录")
    page.wait_for_url("**/c/renren/find")


def test_asked_refused_and_once_more_without_scripts(
    world: World, serve: Serve, new_page: NewPage, screenshot: Screenshot
) -> None:
    world.member(OWNER)
    page = new_page(serve(world.site), PHONE, dark=True, javascript=False)
    page.goto("/join/renren")
    fill(page, ("邮箱", MAIL), NAME, COMPANY)
    press(page, "先存着")
    fill(page, *REST)
    page.get_by_label("同意管理员").check()
    press(page, "下一步")
    press(page, "下一步")
    press(page, "没错，发验证码到邮箱")
    fill(page, ("验证码", code_of(world)))
    press(page, "验证并提交")
    order(world, "#补充 A1 当时在哪个部门，谁带你？")
    page.reload()
    screenshot(page, "join-asked-phone", whole=True)
    fill(page, ("你的回答", "产品部，李雷"))
    press(page, "发给管理员")
    assert "答：产品部，李雷" in world.letters(ADMIN_GROUP)[-1].text
    order(world, "#拒绝 A1 在职时间和李雷说的对不上")
    page.reload()
    screenshot(page, "join-rejected-phone", whole=True)
    page.get_by_role("link", name="改好再申请").click()
    expect(page.get_by_text("在职时间和李雷说的对不上")).to_be_visible()
    expect(page.get_by_label("姓名", exact=True)).to_have_value("张三")
    fill(page, ("在职时间", "2017-2019"))
    press(page, "下一步")
    press(page, "下一步")
    press(page, "提交")
    expect(page.get_by_role("heading")).to_have_text("申请 #A2")
    assert "#A2 新申请（网页）" in world.letters(ADMIN_GROUP)[-1].text


def picture(name: str, content: bytes = pictures.PNG) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "image/png", "buffer": content}


def to_the_files(page: Page) -> None:
    """The form is filled in."""
    page.goto("/join/renren")
    fill(page, ("邮箱", MAIL), NAME, COMPANY, *REST)
    page.get_by_label("同意管理员").check()
    press(page, "下一步")


def test_files_that_are_too_large_are_told_of_before_they_are_sent(
    world: World, serve: Serve, new_page: NewPage
) -> None:
    world.member(OWNER)
    page = new_page(serve(world.site), PHONE)
    to_the_files(page)
    film = pictures.PNG + b"x" * LARGEST
    page.get_by_label("传文件").set_input_files([picture("长图.png", film), picture("工牌.png")])
    told = page.get_by_text("没有选上：「长图.png」超过 5 MB。请压缩一下，或者截图再传。")
    expect(told).to_be_visible()
    check_accessible(page)
    press(page, "上传")
    expect(page.get_by_text("工牌.png")).to_be_visible()
    expect(page.get_by_text("长图.png")).to_have_count(0)
    page.get_by_label("再传文件").set_input_files([picture(f"{n}.png") for n in range(5)])
    expect(page.get_by_text("没有选上：「4.png」多出来了。", exact=True)).to_be_visible()
    press(page, "上传")
    expect(page.get_by_role("button", name="删除", exact=False)).to_have_count(5)


def test_too_much_at_once_without_scripts_leaves_the_words_where_they_were(
    world: World, serve: Serve, new_page: NewPage, troubles: Troubles, tmp_path: Path
) -> None:
    world.member(OWNER)
    page = new_page(serve(world.site), PHONE, javascript=False)
    to_the_files(page)
    page.get_by_label("用文字说明").fill("工牌丢了，李雷可以作证")
    film = tmp_path / "0.png"
    film.write_bytes(pictures.PNG + b"x" * 2 * MOST_BYTES)
    page.get_by_label("传文件").set_input_files(film)
    press(page, "上传")
    expect(page.get_by_text("一次传的太大了，文件都没有收到。")).to_be_visible()
    expect(page.get_by_label("用文字说明")).to_have_value("工牌丢了，李雷可以作证")
    assert "413" in troubles.taken()[0]
