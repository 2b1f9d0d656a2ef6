"""Asking an applicant back, and what counts as the answer."""

import pytest

from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker
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


@pytest.mark.both_databases
def test_two_admins_ask_and_are_answered_together(make_chat: ChatMaker) -> None:
    chat = make_chat(admins=(ADMIN, "二当家"))
    applies(chat)
    orders(chat, "#补充 A1 你在哪个部门？")
    orders(chat, "#补充 A1 谁带你的？", who="二当家")
    both = "（1）你在哪个部门？\n（2）谁带你的？"
    assert chat.told("小张") == (
        f"管理员看了你的申请 #A1，想再了解：\n{both}\n"
        "一起回答，直接在这里回复就行。不申请了回「取消」。"
    )
    in_one_line = "（1）你在哪个部门？ （2）谁带你的？"
    assert f"还在等 ta 回答：{in_one_line}" in orders(chat, "#待审 A1")
    chat.passes(days=1)
    assert both in chat.told("小张")
    chat.says("小张", "移动部，李雷带我", private=True)
    assert f"问：{in_one_line}\n答：移动部，李雷带我" in chat.heard(ADMIN_GROUP)
    orders(chat, "#补充 A1 哪一年？")
    assert "想再了解：哪一年？\n直接" in chat.told("小张")


def test_the_same_question_is_a_reminder_and_six_are_too_many(chat: Chat) -> None:
    applies(chat)
    for turn in range(5):
        for _ in range(2):
            orders(chat, f"#补充 A1 第{turn}问？")
    assert chat.told("小张").count("第4问？") == 1
    assert orders(chat, "#补充 A1 再问？") == "已经有 5 个问题在等 ta 回答，等 ta 答了再问。"
    assert "再问" not in orders(chat, "#待审 A1")


def test_a_long_answer_is_sent_back(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 说说你自己")
    assert chat.says("小张", "长" * 1002, private=True).startswith("最多 1000 字，超出 2 字")
    assert chat.says("小张", "短", private=True).startswith("收到")
