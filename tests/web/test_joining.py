"""Applying on the pages, from the empty form to the first sign-in."""

import re

import pytest
from sqlmodel import select

from community.membership import blacklist
from community.vetting import finding
from storage.queries.people import people
from storage.queries.vetting import proofs
from storage.tables import Account, Application, JoinForm, Proof
from tests.community.vetting.pictures import JPEG
from tests.web.applying import JOIN, MAIL, applies, code_of, decides, fills
from tests.web.world import ADMIN_GROUP, HOME, OWNER, World

pytestmark = pytest.mark.usefixtures("owner")


def test_from_the_form_to_the_first_sign_in(world: World) -> None:
    browser = world.browser()
    assert "证明" in fills(browser)
    browser.sends(f"{JOIN}/files", do="next")
    assert "都对吗？" in browser.page
    browser.sends(f"{JOIN}/summary")
    assert MAIL in browser.page
    browser.sends(f"{JOIN}/code", code=code_of(world), then="submit")
    assert "等管理员看" in browser.page
    assert world.letters(ADMIN_GROUP)[-1].text.startswith("#A1 新申请（网页）\n姓名：张三")
    assert world.letters(f"mail:{MAIL}")[-1].subject == "收到你加入「老友记」的申请"
    decides(world, "approve")
    assert "通过了，欢迎加入「老友记」" in browser.looks(f"{JOIN}/progress")
    assert "进 QQ 群：申请加群 100" in browser.page
    browser.looks(JOIN)
    assert browser.path == f"{JOIN}/progress"
    browser.looks(f"{HOME}/sign-in")
    browser.sends(f"{HOME}/sign-in", mail=MAIL)
    browser.sends(f"{HOME}/sign-in/code", mail=MAIL, code=code_of(world))
    assert browser.path == f"{HOME}/find"


def test_all_that_is_wrong_at_once_and_nothing_lost(world: World) -> None:
    browser = world.browser()
    page = fills(browser, **{"mail": "zh", "answer-name": "我叫<b>张三", "answer-city": "京" * 30,
                             "answer-years": "", "answer-gives": "招聘\n渠道"})  # fmt: skip
    assert browser.status == 422
    assert "有 4 处要改" in page
    for words in ("邮箱地址写得不对", "只写名字就好", "「在职时间」是必填的。", "超出 10 字"):
        assert words in page
    for typed in ("我叫&lt;b&gt;张三", "京" * 30, "招聘 渠道", "人人网", "checked"):
        assert typed in browser.looks(JOIN)
    assert "&lt;b&gt;" not in world.browser().looks(JOIN)
    assert world.letters(ADMIN_GROUP) == []


def test_half_a_form_is_stored_without_a_word_of_what_is_missing(world: World) -> None:
    browser = world.browser()
    page = fills(browser, "save", mail="", **{"answer-city": ""})
    assert "存好了" in page
    assert "必填的" not in page
    assert "人人网" in browser.looks(JOIN)
    browser.looks(f"{JOIN}/summary")
    assert "「城市」是必填的。" in browser.page


def test_looking_changes_nothing(world: World) -> None:
    browser = world.browser()
    for path in ("", "/files", "/summary", "/code", "/progress"):
        browser.looks(f"{JOIN}{path}")
        assert browser.status == 200
    assert "laoyou_join" not in browser.client.cookies


def test_the_same_words_whoever_the_address_belongs_to(world: World) -> None:
    world.member("小明", mail="known@example.com")
    pages = []
    for mail in ("known@example.com", "other@example.com"):
        browser = world.browser()
        browser.looks(f"{JOIN}/progress")
        page = browser.sends(f"{JOIN}/progress", mail=mail)
        assert world.letters(f"mail:{mail}")
        fills(browser, mail=mail)
        browser.sends(f"{JOIN}/files", do="next")
        page += browser.page
        browser.sends(f"{JOIN}/summary")
        pages.append(re.sub(r"[0-9a-f]{64}", "", page + browser.page).replace(mail, ""))
    assert pages[0] == pages[1]


def test_a_member_is_sent_to_sign_in_and_the_barred_away(world: World) -> None:
    world.member("小明", mail=MAIL)
    browser = world.browser()
    fills(browser)
    browser.sends(f"{JOIN}/summary")
    browser.sends(f"{JOIN}/code", code=code_of(world), then="submit")
    assert browser.path == f"{JOIN}/summary"
    assert "已经是「老友记」的成员了，直接登录就行" in browser.page
    with world.scene() as scene:
        member = people.by_account(scene.session, community_id="renren", account=f"mail:{MAIL}")
        assert member is not None
        blacklist.bar(
            scene.session, member=member, accounts=[f"mail:{MAIL}"], by=member, clause=0,
            reason="广告", at=scene.now,
        )  # fmt: skip
    assert "黑名单" in browser.looks(f"{JOIN}/progress")
    browser.sends(f"{JOIN}/summary")
    assert "黑名单" in browser.page
    with world.scene() as scene:
        assert finding.of_person(scene, f"mail:{MAIL}") == []


def test_rejected_and_once_more_with_the_old_answers(world: World) -> None:
    browser = applies(world)
    decides(world, "reject", "公司写\n<全>称")
    assert "公司写\n&lt;全&gt;称" in browser.looks(f"{JOIN}/progress")
    page = browser.looks(JOIN)
    assert "上次（#A1）没有通过" in page
    assert "人人网" in page
    applies(world, browser, **{"answer-company": "北京千橡公司"})
    assert "#A2" in browser.page
    assert world.letters(ADMIN_GROUP)[-1].text.startswith("#A2 新申请（网页）")


def test_asked_and_answered(world: World) -> None:
    browser = applies(world)
    assert "收到" not in browser.sends(f"{JOIN}/progress/answer", answer="")
    decides(world, "ask", "哪个<部门>？")
    assert "哪个&lt;部门&gt;？" in browser.looks(f"{JOIN}/progress")
    assert "写点什么再发。" in browser.sends(f"{JOIN}/progress/answer", answer=" ")
    assert "超出 1 字" in browser.sends(f"{JOIN}/progress/answer", answer="长" * 1001)
    assert "长" * 1001 in browser.page
    browser.sends(f"{JOIN}/progress/answer", answer="产品部，带我的是李雷")
    assert "等管理员看" in browser.page
    assert "答：产品部，带我的是李雷" in world.letters(ADMIN_GROUP)[-1].text
    assert "收到，已经转给管理员" in browser.sends(
        f"{JOIN}/progress/answer", answer="产品部，带我的是李雷"
    )
    page = browser.sends(f"{JOIN}/progress/answer", answer="再说一句")
    assert "再说一句" in page
    assert "没有发给管理员" in page
    assert "再说一句" not in world.letters(ADMIN_GROUP)[-1].text


def test_asked_something_else_meanwhile(world: World) -> None:
    browser = applies(world)
    decides(world, "ask", "哪个部门？")
    assert 'name="seen" value="哪个部门？"' in browser.looks(f"{JOIN}/progress")
    decides(world, "ask", "谁能\n作证？")
    page = browser.sends(f"{JOIN}/progress/answer", answer="产品部", seen="哪个部门？")
    assert browser.status == 422
    assert "又问了别的" in page
    assert "（1）哪个部门？\n（2）谁能\n作证？</p>" in page
    assert "产品部</textarea>" in page
    assert "产品部" not in world.letters(ADMIN_GROUP)[-1].text
    browser.sends(
        f"{JOIN}/progress/answer",
        answer="产品部，李雷",
        seen="（1）哪个部门？\r\n（2）谁能\r\n作证？",
    )
    assert "答：产品部，李雷" in world.letters(ADMIN_GROUP)[-1].text


def test_withdrawn(world: World) -> None:
    browser = applies(world)
    assert "你撤回了" in browser.sends(f"{JOIN}/progress/withdraw")
    assert world.letters(ADMIN_GROUP)[-1].text == "#A1 申请人自己取消了。"
    browser.sends(f"{JOIN}/progress/withdraw")
    assert len(world.letters(ADMIN_GROUP)) == 2


def test_everything_taken_back_by_somebody_who_only_applied(world: World) -> None:
    browser = world.browser()
    fills(browser)
    browser.sends(f"{JOIN}/files", files={"files": ("工牌.jpg", JPEG, "")})
    applies(world, browser)
    browser.sends(f"{JOIN}/progress/erase")
    assert "等管理员看" in browser.page  # without a tick nothing is done
    told = browser.sends(f"{JOIN}/progress/erase", sure="1")
    assert (
        "都删掉了。申请过几次还会记着：留下的只有账号的摘要（认不出是谁）和次数，一天后删掉。<"
        in told
    )
    assert "人人网" not in browser.page
    assert list((world.door.files / "renren").iterdir()) == []
    with world.scene() as scene:
        for table in (JoinForm, Proof, Application, Account):
            mine = [one for one in scene.session.exec(select(table)) if OWNER not in str(one)]
            assert mine == []
    assert not any("张三" in one.text for one in world.letters(ADMIN_GROUP))
    assert world.letters(ADMIN_GROUP)[-1].text == "#A1 申请人撤回了申请，填过的内容也删掉了。"
    applies(world, browser)
    decides(world, "approve")
    assert "删除我填过的内容" not in browser.looks(f"{JOIN}/progress")
    browser.sends(f"{JOIN}/progress/erase", sure="1")
    assert "欢迎加入" in browser.page


def test_leaving_a_shared_computer(world: World) -> None:
    browser = applies(world)
    browser.sends(f"{JOIN}/progress/leave")
    assert "看申请进度" in browser.page
    assert "人人网" not in browser.looks(f"{JOIN}?edit=1")


def test_changed_while_it_waits(world: World) -> None:
    browser = applies(world)
    browser.looks(JOIN)
    assert browser.path == f"{JOIN}/progress"
    assert "会替换正在等的那份（#A1）" in browser.looks(f"{JOIN}?edit=1")
    applies(world, browser, **{"answer-city": "上海"})
    assert "#A2" in browser.page


def test_progress_from_another_browser(world: World) -> None:
    applies(world)
    other = world.browser()
    other.looks(f"{JOIN}/progress")
    assert "邮箱地址写得不对" in other.sends(f"{JOIN}/progress", mail="zhang")
    other.sends(f"{JOIN}/progress", mail=MAIL)
    assert "人人网" not in other.page
    assert "人人网" not in other.looks(f"{JOIN}/progress")
    other.looks(f"{JOIN}/code?then=look")
    other.sends(f"{JOIN}/code", code=code_of(world), then="look")
    assert "人人网" in other.page
    assert "等管理员看" in other.page


def test_codes_are_counted(world: World) -> None:
    browser = world.browser()
    fills(browser)
    browser.sends(f"{JOIN}/summary")
    wrong = f"{(int(code_of(world)) + 1) % 10**6:06}"
    for words in ("验证码不对", "验证码不对", "错太多次了"):
        assert words in browser.sends(f"{JOIN}/code", code=wrong, then="submit")
    assert "又发了一个" in browser.sends(f"{JOIN}/code/send", then="submit")
    browser.sends(f"{JOIN}/code/send", then="submit")
    assert "验证码发得太多了" in browser.sends(f"{JOIN}/code/send", then="submit")
    assert "验证码发得太多了" in browser.sends(f"{JOIN}/summary")


def test_no_more_forms_than_a_person_writes(world: World) -> None:
    browser = world.browser()
    for _ in range(60):
        fills(browser, "save")
    assert browser.status == 200
    fills(browser, "save")
    assert browser.status == 429


def test_one_browser_applies_to_two_communities(world: World) -> None:
    browser = applies(world)
    assert "人人网" not in browser.looks("/join/other")
    browser.looks("/join/other/progress")
    assert "看申请进度" in browser.page
    browser.looks("/join/nowhere")
    assert browser.status == 404
    with world.scene("other") as scene:
        assert scene.session.get(Application, ("other", 1)) is None
        assert proofs.of_application(scene.session, community_id="other", application_id=1) == []


def test_whoever_is_a_member_no_more(world: World) -> None:
    browser = applies(world)
    decides(world, "approve")
    owner = world.signed_in(OWNER)
    owner.looks(f"{HOME}/office/members/2")
    owner.sends(f"{HOME}/office/members/2/remove", reason="发广告")
    page = browser.looks(f"{JOIN}/progress")
    assert "<h1>你现在不是「老友记」的成员</h1>" in page
    assert ">再申请</a>" in page
    browser.looks(f"{HOME}/me/data")
    assert browser.path.startswith(f"{HOME}/sign-in")
    browser.sends(f"{HOME}/sign-in", mail=MAIL, next=f"{HOME}/me/data")
    browser.sends(f"{HOME}/sign-in/code", mail=MAIL, next=f"{HOME}/me/data", code=code_of(world))
    assert "我的数据" in browser.page
    assert browser.status == 200
