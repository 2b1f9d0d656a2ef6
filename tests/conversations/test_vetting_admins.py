"""Applications among several admins: who is told, who decides, and who was faster."""

import pytest

from community.form import ApplicationRules
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies, card_for, orders

SECOND = "副管"
TWO_ADMINS = (ADMIN, SECOND)


@pytest.mark.both_databases
def test_two_admins_at_once(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=TWO_ADMINS)
    applies(chat)
    chat.passes(minutes=5)
    assert orders(chat, "#拒绝 A1 太笼统", who=SECOND).startswith("已拒绝 #A1。")
    for said in ("#通过 A1", "#拒绝 A1 太简单", "#补充 A1 为什么", "#转 A1 @副管"):
        assert orders(chat, said) == "#A1 已经由 副管 在 3月2日 12:05 拒绝了，没有改动。"
    assert chat.told("小张") == ""


def test_two_admins_have_to_agree(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=TWO_ADMINS, application=ApplicationRules(approvals=2))
    applies(chat)
    assert orders(chat, "#通过 A1") == "#A1 记下 管理员 同意，还差 1 位管理员。"
    assert orders(chat, "#通过 A1") == "#A1 你已经同意过了，还要另一位管理员。"
    assert chat.told("小张") == ""
    assert orders(chat, "#通过 A1", who=SECOND) == "已通过 #A1 张三。"
    assert "通过了" in chat.told("小张")


@pytest.mark.both_databases
def test_handing_over(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=TWO_ADMINS)
    applies(chat)
    assert orders(chat, "#转 A1 @路人") == "我还不认识 路人，请 ta 先发一句 #帮助。"
    chat.says("小明", "#帮助")
    assert orders(chat, "#转 A1 小明") == "小明 不是管理员，没有转。"
    assert orders(chat, "#转 A1") == "转给谁？例如：#转 A12 @李四"
    assert orders(chat, "#转 A1 @副管") == "#A1 转给 副管 了，资料我已经私聊发给 ta。"
    assert chat.told(SECOND).startswith("#A1 管理员 转给你（私聊）\n姓名：张三")
    assert "交给 副管" in orders(chat, "#待审")
    assert chat.says(SECOND, "#通过 1", private=True) == "已通过 #A1 张三。"
    assert chat.heard(ADMIN_GROUP) == "#A1 由 副管 通过了。"


@pytest.mark.parametrize("parting", ["#退出 确认", "#角色 @李四 成员"])
def test_an_admin_who_is_none_any_more(make_chat: ChatMaker, parting: str) -> None:
    chat = make_chat(admins=TWO_ADMINS, application=ApplicationRules(approvals=2))
    chat.says("李四", "#帮助")
    chat.says(ADMIN, "#角色 @李四 管理员")
    applies(chat)
    orders(chat, "#转 A1 @李四")
    orders(chat, "#通过 A1", who="李四")
    assert "已经同意：李四，还差 1 位管理员" in orders(chat, "#待审 A1")
    chat.says("李四" if "退出" in parting else ADMIN, parting, private="退出" in parting)
    assert "李四" not in orders(chat, "#待审")
    assert "李四" not in orders(chat, "#待审 A1")
    assert orders(chat, "#通过 A1") == "#A1 记下 管理员 同意，还差 1 位管理员。"
    assert orders(chat, "#通过 A1", who=SECOND) == "已通过 #A1 张三。"


def test_one_admin_is_enough_from_now_on(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(approvals=2))
    applies(chat)
    orders(chat, "#通过 A1")
    one_is_enough = {"application": ApplicationRules()}
    chat.settings = tuple(one.model_copy(update=one_is_enough) for one in chat.settings)
    chat.restarts()
    assert orders(chat, "#通过 A1") == "已通过 #A1 张三。"


def test_without_an_admin_group_each_admin_is_told(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=TWO_ADMINS, admin_group=None)
    applies(chat)
    assert chat.told(ADMIN).startswith("#A1 新申请")
    assert chat.told(SECOND).startswith("#A1 新申请")
    assert chat.heard(GROUP) == ""
    card = card_for(chat, f"onebot:{SECOND}")
    assert chat.says(SECOND, "#通过", private=True, quote=card) == "已通过 #A1 张三。"
    assert chat.says(ADMIN, "#拒绝 A1 晚了", private=True).startswith("#A1 已经由 副管 在")


def test_an_appointed_admin_is_told_as_well(make_chat: ChatMaker) -> None:
    chat = make_chat(admin_group=None)
    chat.says("小红", "#帮助")
    chat.says(ADMIN, "#角色 @小红 管理员")
    applies(chat)
    assert chat.told(ADMIN).startswith("#A1 新申请")
    assert chat.told("小红").startswith("#A1 新申请")
    assert chat.says("小红", "#通过 A1", private=True) == "已通过 #A1 张三。"
