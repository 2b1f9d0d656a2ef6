"""Applications and time: the morning list, reminders, the end, and too many tries."""

import pytest

from community.form import ApplicationRules
from tests.conversations.chat import ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies, orders


def test_the_admins_are_told_each_morning(chat: Chat) -> None:
    chat.passes(hours=1)
    applies(chat)
    chat.passes(hours=18)  # 7:00
    assert chat.heard(ADMIN_GROUP) == ""
    chat.passes(hours=1)
    assert (
        chat.heard(ADMIN_GROUP) == "待审 1 份：\n#A1 张三 · 人人网 · 等了 19 小时\n看一份：#待审 A1"
    )
    chat.passes(minutes=1)
    assert chat.heard(ADMIN_GROUP) == ""
    chat.passes(days=3, hours=2)
    assert "等了 3 天" in chat.heard(ADMIN_GROUP)
    chat.passes(minutes=1)
    assert chat.heard(ADMIN_GROUP) == ""
    orders(chat, "#通过 A1")
    chat.passes(days=1)
    assert chat.heard(ADMIN_GROUP) == ""


def test_what_waits_for_a_human_never_ends_by_itself(chat: Chat) -> None:
    applies(chat)
    chat.passes(days=40)
    assert chat.told("小张") == ""
    assert orders(chat, "#通过 A1") == "已通过 #A1 张三。"


def test_a_draft_is_recalled_each_day_and_ends_after_a_week(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.says("小张", "张三", private=True)
    chat.passes(hours=23)
    assert chat.told("小张") == ""
    chat.passes(hours=1)
    assert chat.told("小张") == (
        "你的申请还没写完，3月9日 12:00 前接着回答就行。不申请了回「取消」。\n"
        "2/10 你在哪家公司（或组织）待过？写和这个社群有关的那家。"
    )
    for _ in range(5):
        chat.passes(days=1)
        assert chat.told("小张").startswith("你的申请还没写完")
    chat.passes(days=1)
    assert chat.told("小张") == "申请 #A1 已经 7 天没有动静，先作废了。想加入随时再发 #申请。"
    assert chat.heard(ADMIN_GROUP) == ""
    chat.passes(days=1)
    assert chat.sent == []
    assert chat.says("小张", "人人网", private=True) == ""


@pytest.mark.both_databases
def test_an_answer_gives_time_again(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.passes(days=6)
    chat.says("小张", "张三", private=True)
    chat.passes(days=6)
    assert chat.told("小张").startswith("你的申请还没写完")
    chat.passes(days=1)
    assert "先作废了" in chat.told("小张")


def test_a_question_left_open_ends_and_both_sides_hear_it(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 哪个部门？")
    chat.passes(days=1)
    assert chat.told("小张").startswith("管理员看了你的申请 #A1，想再了解：哪个部门？")
    assert "到 3月9日 12:00 还没有回答，申请会作废。" in chat.told("小张")
    chat.passes(days=6)
    assert "先作废了" in chat.told("小张")
    assert "#A1 的申请人 7 天没有回答，申请已作废。" in chat.heard(ADMIN_GROUP)
    assert orders(chat, "#通过 A1") == "#A1 在 3月9日 12:00 超时作废，没有改动。"


@pytest.mark.both_databases
def test_a_bot_that_was_off_reminds_once(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.passes(days=4)
    assert len([send for send in chat.sent if send.target == "onebot:小张"]) == 1


def test_repeated_tries_are_warned_of_and_blocked(chat: Chat) -> None:
    for number in range(1, 6):
        chat.says(
            "小张",
            "#申请 老友记 姓名 张三 公司 人人网 在职时间 2016-2019 职位 产品 城市 北京",
            private=True,
        )
        answer = chat.says("小张", "确认", private=True)
        assert ("提醒：已经连着" in answer) == (number > 3)
        assert ("重复申请" in chat.heard(ADMIN_GROUP)) == (number > 3)
        chat.passes(days=2)  # however long it waits, waiting is no try
        chat.says("小张", "#申请", private=True)
        orders(chat, f"#拒绝 A{number} 太笼统")
        assert ("可以改好再申请" in chat.told("小张")) == (number < 5)
    assert chat.told("小张").endswith("\n已经连着 5 次没有成功，先不再受理。有话请直接找管理员。")
    assert chat.says("小张", "#申请 老友记", private=True) == (
        "已经连着 5 次没有成功，先不再受理。有话请直接找管理员。"
    )
    chat.says("小张", "#申请 老友记")
    assert "不再受理" not in chat.heard()
    assert "不再受理" in chat.told("小张")


def test_days_and_tries_are_the_communitys_choice(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(timeout_days=2, warn_at=1, block_at=2))
    chat.says("小张", "#申请 老友记", private=True)
    chat.passes(days=2)
    assert "2 天没有动静" in chat.told("小张")
    applies(chat)
    orders(chat, "#拒绝 A2 太笼统")
    assert chat.says("小张", "#申请 老友记", private=True).startswith("已经连着 2 次")


def test_whose_last_try_runs_out_is_not_asked_to_try_again(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(timeout_days=2, warn_at=1, block_at=2))
    for _ in range(2):
        chat.says("小张", "#申请 老友记", private=True)
        chat.passes(days=2)
    assert chat.told("小张") == (
        "申请 #A2 已经 2 天没有动静，先作废了。"
        "已经连着 2 次没有成功，先不再受理。有话请直接找管理员。"
    )


def test_an_answer_after_the_end_is_told_to_be_too_late(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#补充 A1 哪个部门？")
    chat.passes(days=7)
    too_late = (
        "这句话我没有转给管理员。申请 #A1 已经 7 天没有动静，先作废了。想加入随时再发 #申请。"
    )
    assert chat.says("小张", "广告部", private=True) == too_late
    assert chat.says("小张", "好的，谢谢", private=True) == ""
    chat.sits("小张")
    assert chat.says("小张", "广告", private=True) == too_late
    assert chat.says("小张", "广告部") == ""
    assert chat.says("路人", "广告部", private=True) == ""
    chat.passes(days=15)
    assert chat.says("小张", "广告部", private=True) == ""


def test_who_has_applied_again_or_is_a_member_is_not_told_so(chat: Chat) -> None:
    chat.says("小张", "#申请 老友记", private=True)
    chat.passes(days=7)
    applies(chat)
    assert "#A2" in chat.says("小张", "我是广告部的", private=True)
    orders(chat, "#通过 A2")
    assert chat.says("小张", "我是广告部的", private=True) == ""
