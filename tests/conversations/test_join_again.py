"""Giving up an application, sending another, and applying although one is in already."""

import pytest

from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.vetting import ONE_LINE, applies


def test_giving_up(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    assert chat.says("小张", "取消", private=True) == "好，申请 #A1 取消了。想加入随时再发 #申请。"
    assert chat.says("小张", "张三", private=True) == ""
    chat.says("小张", ONE_LINE, private=True)
    chat.says("小张", "确认", private=True)
    assert chat.says("小张", "#申请 取消", private=True).startswith("好，申请 #A2 取消了。")
    assert chat.heard(ADMIN_GROUP) == "#A2 申请人自己取消了。"
    assert chat.says("小张", "#申请 老友记 取消", private=True) == "你没有进行中的申请。"


@pytest.mark.both_databases
def test_whoever_asks_to_join_is_no_member_yet(chat: Chat) -> None:
    chat.says("小明", "#名片 公司 人人网 职位 设计师")
    applies(chat)
    assert chat.says("小明", "#谁是 张三").startswith("没找到")
    chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert "公司：人人网 · 职位：产品经理" in chat.says("小明", "#谁是 张三")


def test_sending_again_replaces_what_waits(chat: Chat) -> None:
    applies(chat)
    assert chat.says("小张", "#申请", private=True).startswith("你的申请 #A1（3月2日 12:00 提交）")
    summary = chat.says("小张", "#申请 城市 上海", private=True)
    assert "姓名：张三" in summary
    assert "城市：上海" in summary
    assert chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP) == (
        "#A1 在 3月2日 12:00 被新的申请 #A2 替换了，没有改动。"
    )
    chat.says("小张", "确认", private=True)
    assert chat.says(ADMIN, "#待审", group=ADMIN_GROUP).startswith("待审 1 份：\n#A2 张三")


def test_whoever_is_in_is_told_so(chat: Chat) -> None:
    applies(chat)
    chat.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert chat.says("小张", "#申请", private=True) == (
        "你已经是「老友记」的成员了（#A1 3月2日 12:00 通过）。改资料发 #名片。"
    )


def test_a_member_who_never_applied_is_told_that_he_is_one(chat: Chat) -> None:
    chat.says("小明", "#名片 姓名 李明 公司 阿里")
    for said in ("#申请", "#加入 老友记"):
        told = chat.says("小明", said, private=True)
        assert told.startswith("你已经是「老友记」的成员了，不用申请。改资料发 #名片。")
    chat.says("小明", "#报到")
    assert chat.told("小明").startswith("你已经是「老友记」的成员了")
    chat.says(ADMIN, "#角色 @小明 访客")
    assert chat.says("小明", "#申请", private=True).startswith("申请加入「老友记」")


def test_a_member_may_hand_in_what_the_admins_want_to_read(chat: Chat) -> None:
    chat.says("小明", "#帮助")
    assert chat.says("小明", ONE_LINE, private=True).startswith("请看一下：\n姓名：张三")
    chat.says("小明", "确认", private=True)
    assert "ta 已经是成员（M1）" in chat.heard(ADMIN_GROUP)


def test_nobody_fills_the_admins_group_with_cards(chat: Chat) -> None:
    for _ in range(5):
        applies(chat)
        chat.says("小张", "#申请 取消", private=True)
    chat.says("小张", ONE_LINE, private=True)
    assert chat.says("小张", "确认", private=True).startswith("一天最多提交 5 次")
    assert chat.heard(ADMIN_GROUP) == ""
    chat.passes(days=1)
    assert chat.says("小张", "确认", private=True).startswith("收到")
