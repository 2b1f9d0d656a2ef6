"""Applying, on a phone and on a desk: from the empty form to the first sign-in."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import DESKTOP, PHONE, NewPage, Screenshot, Serve, Size, Troubles
from tests.browser.accessible import check_accessible
from tests.browser.chatting import order
from tests.browser.conftest import SignIn
from tests.community.vetting import pictures
from tests.web.applying import MAIL, code_of
from tests.web.world import ADMIN_GROUP, OWNER, World

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
