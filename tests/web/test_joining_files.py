"""Files that applicants hand in on the pages, and forms of one's own."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from community.covenant import Covenant
from community.form import ApplicationRules, FormField
from community.terms import Terms
from storage.queries import audit
from tests.community.vetting.pictures import FILM, JPEG, PDF
from tests.web.applying import JOIN, MAIL, applies, fills
from tests.web.conftest import NewWorld
from tests.web.world import ADMIN_GROUP, HOME, OWNER, World
from web.request_body import MOST_BYTES

pytestmark = pytest.mark.usefixtures("owner")


def test_files(world: World) -> None:
    browser = world.browser()
    fills(browser)
    page = browser.sends(
        f"{JOIN}/files", files={"files": ("工牌<1>.jpg", JPEG + FILM, "text/html")},
        do="keep", **{"answer-proof": "见工牌"},
    )  # fmt: skip
    assert "工牌&lt;1&gt;.jpg" in page
    assert "见工牌" in page
    page = browser.sends(f"{JOIN}/files", files={"files": ("a.jpg", b"<svg>", "image/jpeg")})
    assert "不是 JPG、PNG、WebP 图片" in page
    browser.sends(f"{JOIN}/files", files={"files": ("b.pdf", PDF, "")}, do="next")
    assert browser.path == f"{JOIN}/summary"
    browser.looks(f"{JOIN}/files")
    browser.sends(f"{JOIN}/files", files={"files": ("a.jpg", b"<svg>", "image/jpeg")}, remove="2")
    assert browser.status == 422
    assert "b.pdf" not in browser.page
    assert len(list((world.door.files / "renren").iterdir())) == 1
    applies(world, browser)
    assert "工牌&lt;1&gt;.jpg" in browser.page
    link = "http://127.0.0.1:8080/c/renren/office/proofs?a=1"
    assert f"附了 1 个文件，登录网页看：{link}" in world.letters(ADMIN_GROUP)[-1].text


def test_more_files_at_once_than_are_taken(world: World) -> None:
    browser = world.browser()
    fills(browser)
    chosen = [("files", (f"{number}.jpg", JPEG, "image/jpeg")) for number in range(8)]
    page = browser.sends(f"{JOIN}/files", files=chosen)
    assert browser.status == 422
    assert page.count("最多 5 个文件，") == 3
    assert "「7.jpg」没有传上" in page
    assert "4.jpg" in page
    too_large = {"files": ("9.jpg", JPEG + b"x" * MOST_BYTES, "image/jpeg")}
    page = browser.sends(f"{JOIN}/files", files=too_large)
    assert browser.status == 413
    assert "一次传的太大了" in page


def test_words_beside_files_that_are_too_large_come_back(world: World) -> None:
    browser = world.browser()
    fills(browser)
    browser.looks(f"{JOIN}/files")
    words = {"answer-proof": "工牌丢了，李雷可以作证", "do": "next"}
    chosen = [("files", ("a.jpg", JPEG, "")), ("files", ("b.jpg", b"x" * MOST_BYTES, ""))]
    page = browser.sends(f"{JOIN}/files", files=chosen, **words)
    assert browser.status == 413
    assert "工牌丢了，李雷可以作证</textarea>" in page
    assert "a.jpg" not in page
    assert "李雷可以作证" in browser.looks(f"{JOIN}/files")


def test_words_beside_files_for_a_page_that_takes_none(world: World) -> None:
    browser = world.browser()
    browser.looks(JOIN)
    chosen = {"files": ("a.jpg", b"x" * MOST_BYTES, "")}
    page = browser.sends(JOIN, files=chosen, **{"answer-name": "一个很长很长的名字"})
    assert browser.status == 413
    assert "一个很长很长的名字" in page
    assert f'href="{JOIN}">回到申请</a>' in page


def test_how_many_files_come_from_one_place(world: World) -> None:
    chosen = [("files", (f"{number}.jpg", JPEG, "")) for number in range(5)]
    for _ in range(12):
        browser = world.browser()
        fills(browser)
        browser.sends(f"{JOIN}/files", files=chosen)
        world.clock.advance(timedelta(hours=1))
    browser.sends(f"{JOIN}/files", files={"files": ("a.jpg", JPEG, "")}, remove="1")
    assert browser.status == 429
    browser.looks(f"{JOIN}/files")
    browser.sends(f"{JOIN}/files", do="next")
    assert browser.path == f"{JOIN}/summary"


def test_files_are_for_those_who_may_approve(world: World) -> None:
    browser = world.browser()
    fills(browser)
    browser.sends(f"{JOIN}/files", files={"files": ("工牌.jpg", JPEG, "")})
    browser.sends(f"{JOIN}/files", files={"files": ("b.pdf", PDF, "")})
    office = f"{HOME}/office/proofs"
    desk = world.signed_in("小王", role="operator")
    desk.looks(f"{office}/1")
    assert desk.status == 404  # not handed in yet
    applies(world, browser)
    assert "工牌.jpg" in desk.looks(f"{office}?a=1")
    page = desk.looks(f"{HOME}/office/queue")
    assert "工牌.jpg" in page
    assert "附了" not in page
    got = desk.client.get(f"{office}/1")
    assert got.headers["content-type"] == "image/jpeg"
    assert got.headers["content-disposition"] == f"inline; filename*=UTF-8''{quote('工牌.jpg')}"
    assert "sandbox" in got.headers["content-security-policy"]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "no-store"
    assert desk.client.get(f"{office}/2").headers["content-disposition"].startswith("attachment;")
    assert desk.client.get(f"{office}/2").content == PDF
    page = desk.looks(f"{HOME}/office/queue")
    assert f"{office}/1" in page
    assert "登录网页看" not in page  # he is there
    with world.scene() as scene:
        held = audit.of(scene.session, community_id="renren", subject="application", subject_id=1)
        looked = [one.detail for one in held if one.verb == "look"]
        assert looked == [{"proof": 1}, {"proof": 2}, {"proof": 2}]
    owner = world.signed_in(OWNER)
    assert owner.looks(f"{HOME}/office/queue/1").count("看了证明文件") == 3
    owner.looks(f"{HOME}/office/audit?what=application.look&thing=A1")
    assert owner.page.count("<td>看了证明文件</td>") == 3
    nobody = world.signed_in("小明")
    nobody.looks(f"{office}/1")
    assert nobody.status == 403
    browser.looks(f"{office}/1")
    assert browser.path.startswith(f"{HOME}/sign-in")
    for path in (
        f"{office}/{10**20}",
        f"{office}?a={10**20}",
        office,
        f"{office}/99",
        f"{office}?a=99",
        f"{office}/1.jpg",
    ):
        assert "#待审" not in desk.looks(path)
        assert desk.status == 404


def test_who_reads_the_answers(world: World, new_world: NewWorld) -> None:
    assert "只有管理员看得到。" in world.browser().looks(JOIN)
    asking = new_world(application=ApplicationRules(ask_vouchers=True))
    page = asking.browser().looks(JOIN)
    assert "写了担保人的话，我会把你的姓名、公司、在职时间告诉 ta，问 ta 认不认识你。" in page


def test_the_same_words_whoever_is_named_as_voucher(new_world: NewWorld) -> None:
    fields = (FormField(key="name", required=True), FormField(key="proof", required=True))
    world = new_world(application=ApplicationRules(fields=fields, proof_vouchers=1))
    world.member("李雷")
    pages: list[str] = []
    for name in ("李雷", "赵六"):
        browser = world.browser()
        applies(world, browser, mail=f"{len(pages)}@example.com", **{"answer-proof": name})
        pages.append(re.sub(r"[0-9a-f]{64}|A\d", "", browser.page).replace(name, ""))
    assert pages[0].replace("0@", "1@") == pages[1]
    desk = world.signed_in("小王", role="operator")
    assert "作证的成员" not in desk.looks(f"{HOME}/office/queue/1")
    assert "作证的成员要 1 位，名册里认出的：没有" in desk.looks(f"{HOME}/office/queue/2")
    assert "还缺：证明" in desk.page


def test_a_file_alone_names_nobody(new_world: NewWorld) -> None:
    fields = (FormField(key="name", required=True), FormField(key="proof", required=True))
    browser = new_world(application=ApplicationRules(fields=fields, proof_vouchers=1)).browser()
    fills(browser)
    files = {"files": ("工牌.jpg", JPEG, "")}
    page = browser.sends(f"{JOIN}/files", files=files, do="next")
    assert "还不够证明，需要 1 位群里成员的名字。" in page


def test_a_form_of_ones_own_without_files(new_world: NewWorld) -> None:
    fields = (
        FormField(key="name", label="名字", required=True),
        FormField(key="grade", label="届别", question="哪一届？", required=True, min=4),
        FormField(key="csrf", label="暗号"),
        FormField(key="proof"),
        FormField(key="consent", question="同意校友会核对。"),
    )
    rules = ApplicationRules(fields=fields, proof_files=False)
    world = new_world(application=rules, terms=Terms(covenant=Covenant("第1条 <待人以诚>")))
    browser = world.browser()
    page = browser.looks(JOIN)
    for words in ("哪一届？", "暗号", "怎么证明", "同意校友会核对。", "第1条 &lt;待人以诚&gt;"):
        assert words in page
    typed = {"mail": MAIL, "answer-name": "张三", "answer-grade": "18", "answer-csrf": "芝麻"}
    assert "「届别」至少 4 字，还差 2 字。" in browser.sends(JOIN, None, do="next", **typed)
    browser.sends(JOIN, None, do="next", **{**typed, "answer-grade": "2018 级"})
    assert browser.path == f"{JOIN}/summary"
    assert "芝麻" in browser.page
    browser.looks(f"{JOIN}/files")
    assert browser.path == JOIN


def test_short_things_are_asked_in_one_line_and_nothing_twice(new_world: NewWorld) -> None:
    fields = (
        FormField(key="name"),
        FormField(key="teacher", label="班主任"),
        FormField(key="intro"),
    )
    page = new_world(application=ApplicationRules(fields=fields)).browser().looks(JOIN)
    assert '<input id="f-answer-name"' in page
    assert '<textarea id="f-answer-intro"' in page
    assert page.count("班主任") == 1


def test_the_folder_is_made_when_it_is_needed(world: World) -> None:
    fills(world.browser())
    assert not world.door.files.exists()
