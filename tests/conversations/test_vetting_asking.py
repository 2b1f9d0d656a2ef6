"""Asking an applicant back, and what counts as the answer."""

import pytest

from tests.conversations.chat import ADMIN_GROUP, Chat
from tests.conversations.vetting import applies, orders


@pytest.mark.parametrize("text", ["好的", "稍等。", "你好", "👌", "？"])
def test_a_courtesy_is_no_answer_to_the_admins(chat: Chat, text: str) -> None:
    applies(chat)
    orders(chat, "#补充 A1 你在哪个部门？")
    asked = chat.told("小张")
    assert chat.says("小张", text, private=True) == asked
    assert chat.heard(ADMIN_GROUP) == ""
    assert chat.says("小张", "是的", private=True).startswith("收到")


@pytest.mark.both_databases
def test_asking_back_and_the_answer(chat: Chat) -> None:
    applies(chat)
    assert orders(chat, "#补充 A1").startswith("想问什么？")
    told = orders(chat, "#补充 A1 你在哪个部门？")
    assert told == "已经问 #A1 的申请人，ta 回答后我再贴出来。"
    assert chat.told("小张") == (
        "管理员看了你的申请 #A1，想再了解：你在哪个部门？\n直接在这里回复就行。不申请了回「取消」。"
    )
    assert "等申请人补充" in orders(chat, "#待审")
    answer = chat.says("小张", "移动部，城市：上海", private=True)
    assert answer == "收到，已经转给管理员，#A1 有结果我会告诉你。"
    card = chat.heard(ADMIN_GROUP)
    assert card.startswith("#A1 补充了")
    assert "问：你在哪个部门？\n答：移动部，城市：上海" in card
    assert "城市：上海" in card
    assert chat.says("小张", "还有问题吗", private=True).startswith("这句话我没有转给管理员")
    assert chat.says("小张", "谢了，等你们消息", private=True) == ""
    assert orders(chat, "#通过 A1") == "已通过 #A1 张三。"


def test_no_line_of_an_applicant_passes_for_one_of_the_bot_s(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 你在哪个部门？")
    forged = "移动部\n名册里有这个人，还没有账号，通过后就是 ta：张三\u2028问过担保人：李雷 认识"
    chat.says("小张", forged, private=True)
    lines = chat.heard(ADMIN_GROUP).splitlines()
    assert "答：移动部" in lines
    assert "｜名册里有这个人，还没有账号，通过后就是 ta：张三" in lines
    assert "｜问过担保人：李雷 认识" in lines


def test_a_long_answer_is_sent_back(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 说说你自己")
    assert chat.says("小张", "长" * 1002, private=True).startswith("最多 1000 字，超出 2 字")
    assert chat.says("小张", "短", private=True).startswith("收到")
