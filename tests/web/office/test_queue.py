"""The queue of newcomers: who sees it, and what can be done in it."""

from datetime import timedelta

from community.form import ApplicationRules
from storage.tables import Application
from tests.web.conftest import NewWorld
from tests.web.office.newcomers import applies, state
from tests.web.world import ADMIN_GROUP, OWNER, World

QUEUE = "/c/renren/office/queue"


def test_the_oldest_first_with_everything_that_the_card_tells(world: World) -> None:
    world.member("王五", company="人人网", city="上海")
    applies(world, "张三", intro="<b>你好</b>")
    world.clock.advance(timedelta(days=2))
    applies(world, "李四", voucher="王五")
    page = world.signed_in(OWNER).looks(QUEUE)
    assert page.index("张三 · 人人网") < page.index("李四 · 人人网")
    assert "等了 2 天" in page
    assert "等了不到 1 小时" in page
    assert "王五（申请人写的担保人）" in page
    assert "待审 2 份" in page


def test_no_advice_about_what_is_decided(new_world: NewWorld) -> None:
    world = new_world(application=ApplicationRules(ask_vouchers=True))
    world.member("王五", company="人人网")
    number = applies(world, "张三", voucher="王五")
    browser = world.signed_in(OWNER)
    assert "可能认识 ta：王五" in browser.looks(f"{QUEUE}/{number}")
    browser.sends(f"{QUEUE}/{number}/approve")
    page = browser.looks(f"{QUEUE}/{number}")
    assert "问过担保人：王五 还没回" in page
    for advice in ("可能认识", "已经是成员", "通过就是", "同名同公司"):
        assert advice not in page


def test_operators_decide_and_members_do_not_even_see_it(world: World) -> None:
    number = applies(world, "张三")
    operator, member = world.signed_in("小运", role="operator"), world.signed_in("小明")
    assert "管理" not in member.looks("/c/renren/find")
    member.looks(QUEUE)
    assert member.status == 403
    member.looks("/c/renren/find")
    member.sends(f"{QUEUE}/{number}/approve")
    assert member.status == 403
    operator.looks("/c/renren/office")
    assert operator.path == QUEUE
    assert "已通过 #A1 张三。" in operator.sends(f"{QUEUE}/{number}/approve")
    assert state(world, number) == "approved"
    assert world.letters("onebot:张三")[-1].text.startswith("你加入「老友记」的申请 #A1 通过了")
    assert world.letters(ADMIN_GROUP)[-1].text == "#A1 由 小运 通过了。"


def test_a_ready_reason_or_one_of_ones_own(world: World) -> None:
    first, second = applies(world, "张三"), applies(world, "李四")
    browser = world.signed_in(OWNER)
    browser.looks(QUEUE)
    browser.sends(f"{QUEUE}/{first}/reject", ready="太笼统", reason="")
    assert "请写明在哪家公司" in world.letters("onebot:张三")[-1].text
    browser.sends(f"{QUEUE}/{second}/reject", ready="太笼统", reason="我们只收老同事")
    assert "原因：我们只收老同事" in world.letters("onebot:李四")[-1].text
    assert "理由：我们只收老同事" in browser.looks(f"{QUEUE}/{second}")


def test_what_is_wrong_stands_beside_what_was_typed(world: World) -> None:
    number = applies(world, "张三")
    browser = world.signed_in(OWNER)
    browser.looks(QUEUE)
    page = browser.sends(f"{QUEUE}/{number}/reject", reason="长" * 301)
    assert browser.status == 422
    assert "超出 1 字" in page
    assert "长" * 301 in page
    browser.sends(f"{QUEUE}/{number}/reject", reason="  ")
    assert browser.status == 422
    browser.sends(f"{QUEUE}/{number}/ask", question="")
    assert browser.status == 422
    assert state(world, number) == "submitted"


def test_asking_for_more(world: World) -> None:
    number = applies(world, "张三")
    browser = world.signed_in(OWNER)
    browser.looks(QUEUE)
    page = browser.sends(f"{QUEUE}/{number}/ask", question="你在哪个部门？")
    assert "已经问 #A1 的申请人，ta 的回答会写在这一份里。" in page
    assert f'id="a{number}"' in page  # it is there all the time
    assert state(world, number) == "needs_info"
    assert "你在哪个部门？" in world.letters("onebot:张三")[-1].text
    assert "还在等 ta 回答：你在哪个部门？" in browser.looks(QUEUE)


def test_what_is_missing_can_be_filled_in(world: World) -> None:
    number = applies(world, "张三", city="", title="")
    browser = world.signed_in(OWNER)
    page = browser.looks(QUEUE)
    assert "还缺：现在职位、城市" in page
    assert page.count("还缺：") == 1
    browser.looks(f"{QUEUE}/{number}")
    page = browser.sends(f"{QUEUE}/{number}/approve", fill_city="北京")
    assert "还缺 现在职位，不能通过" in page
    assert "#通过" not in page
    browser.sends(f"{QUEUE}/{number}/approve", fill_city="北京", fill_title="编辑")
    assert state(world, number) == "approved"


def test_several_at_once_each_told(world: World) -> None:
    numbers = [applies(world, name) for name in ("张三", "李四", "王五")]
    lacking = applies(world, "赵六", city="")
    browser, other = world.signed_in(OWNER), world.signed_in("小运", role="operator")
    browser.looks(QUEUE)
    other.looks(QUEUE)
    other.sends(f"{QUEUE}/{numbers[1]}/reject", ready="太简单")
    ticked = [str(one) for one in (*numbers, lacking, 99)]
    page = browser.sends(f"{QUEUE}/bulk", what="approve", n=ticked)  # type: ignore[arg-type]
    assert "已通过 #A1 张三。" in page
    assert "#A2 已经由 小运 在" in page
    assert "已通过 #A3 王五。" in page
    assert "#A4 还缺 城市" in page
    assert "没有 #A99 这份申请。" in page
    assert [state(world, one) for one in numbers] == ["approved", "rejected", "approved"]


def test_nothing_ticked_or_no_reason(world: World) -> None:
    number = applies(world, "张三")
    browser = world.signed_in(OWNER)
    browser.looks(QUEUE)
    assert "没有勾选申请" in browser.sends(f"{QUEUE}/bulk", what="approve")
    assert "要写上理由" in browser.sends(f"{QUEUE}/bulk", what="reject", n=str(number))
    assert state(world, number) == "submitted"


def test_two_admins_must_agree(new_world: NewWorld) -> None:
    world = new_world(application=ApplicationRules(approvals=2))
    number = applies(world, "张三")
    first, second = world.signed_in(OWNER), world.signed_in("副管", role="admin")
    first.looks(QUEUE)
    assert "还差 1 位管理员" in first.sends(f"{QUEUE}/{number}/approve")
    assert "你已经同意过了" in first.sends(f"{QUEUE}/{number}/approve")
    assert f"已经同意：{OWNER}，还差 1 位管理员" in second.looks(QUEUE)
    second.sends(f"{QUEUE}/{number}/approve")
    page = second.looks(f"{QUEUE}/{number}")
    assert "同意（还要别的管理员）" in page
    assert "副管" in page
    assert state(world, number) == "approved"


def test_another_community_and_a_draft_are_not_there(world: World) -> None:
    applies(world, "张三", community="other")
    with world.scene() as scene:
        draft = Application(
            community_id="renren", id=7, source="chat", account="onebot:x", created_at=scene.now,
            updated_at=scene.now,
        )  # fmt: skip
        scene.session.add(draft)
    browser = world.signed_in(OWNER)
    for number in (1, 7):
        browser.looks(f"{QUEUE}/{number}")
        assert browser.status == 404
    assert "没有待审的申请" in browser.looks(QUEUE)


def test_page_after_page(world: World) -> None:
    for place in range(11):
        applies(world, f"申请人{place}")
    browser = world.signed_in(OWNER)
    assert "申请人10" not in browser.looks(QUEUE)
    page = browser.looks(f"{QUEUE}?after=10")
    assert "申请人10" in page
    assert "申请人0 " not in page


def test_a_slow_second_click_asks_nobody_twice(world: World) -> None:
    number = applies(world, "张三")
    browser = world.signed_in(OWNER)
    browser.looks(QUEUE)
    asked = len(world.letters("onebot:张三"))
    for _ in range(2):
        page = browser.sends(f"{QUEUE}/{number}/ask", question="哪个部门？ ")
        assert "已经问 #A1 的申请人" in page
        world.clock.advance(timedelta(seconds=5))
    assert len(world.letters("onebot:张三")) == asked + 1
    browser.sends(f"{QUEUE}/{number}/ask", question="谁带你的？")
    assert len(world.letters("onebot:张三")) == asked + 2
    world.clock.advance(timedelta(days=2))
    browser.sends(f"{QUEUE}/{number}/ask", question="谁带你的？")
    assert len(world.letters("onebot:张三")) == asked + 3


def test_whoever_decides_stays_on_the_page(world: World) -> None:
    for place in "甲乙丙丁戊己庚辛壬癸子丑寅":
        applies(world, f"申请人{place}")
    browser = world.signed_in(OWNER)
    assert f"{QUEUE}/11?after=10" in browser.looks(f"{QUEUE}?after=10")
    page = browser.sends(f"{QUEUE}/11/approve", after="10")
    assert "已通过 #A11" in page
    assert browser.path.startswith(f"{QUEUE}?after=10&")
    assert "申请人丑" in page
    assert "申请人甲" not in page
    assert f'href="{QUEUE}?after=10"' in browser.looks(f"{QUEUE}/12?after=10")
    page = browser.sends(f"{QUEUE}/12/ask", after="10", question="")
    assert browser.status == 422
    assert page.count('name="after" value="10"') == 3
    page = browser.sends(f"{QUEUE}/bulk", after="10", n="13", what="approve")
    assert f'href="{QUEUE}?after=10"' in page


def test_a_page_that_others_have_emptied(world: World) -> None:
    numbers = [applies(world, f"申请人{place}") for place in range(11)]
    browser, other = world.signed_in(OWNER), world.signed_in("小运", role="operator")
    assert "after=10" in browser.looks(QUEUE)
    other.looks(QUEUE)
    other.sends(f"{QUEUE}/{numbers[-1]}/reject", reason="资料不全")
    page = browser.looks(f"{QUEUE}?after=10")
    assert "没有待审的申请" not in page
    assert "申请人0" in page
