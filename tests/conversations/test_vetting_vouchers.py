"""Whoever is named as a voucher is asked whether he knows the applicant."""

import pytest

from community.form import ApplicationRules
from tests.conversations.chat import ADMIN_GROUP, OTHER_GROUP
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import ONE_LINE, applies, card_for, orders

OTHER_ADMIN = "别家管理员"


@pytest.mark.both_databases
def test_vouchers_are_asked_in_private(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    chat.says("小韩", "#名片 姓名 韩梅梅")
    chat.says("小张", f"{ONE_LINE} 担保人 李雷、韩梅梅", private=True)
    chat.says("小张", "确认", private=True)
    assert chat.told("大李") == (
        "有人申请加入「老友记」，说你认识 ta：张三，人人网，2016-2019。\n"
        "认识就回「认识」，不认识就回「不认识」。只有管理员看得到。"
    )
    assert "问过担保人：李雷 还没回、韩梅梅 还没回" in chat.heard(ADMIN_GROUP)
    assert chat.says("大李", "你好", private=True) == ""
    assert chat.says("大李", "认识。", private=True) == "记下了，谢谢。只有管理员知道你认识 ta。"
    assert chat.heard(ADMIN_GROUP) == "李雷 说认识 #A1 的申请人。"
    assert chat.says("大李", "认识", private=True) == ""
    assert chat.says("小韩", "不认识", private=True) == "记下了，谢谢。只有管理员知道你不认识 ta。"
    assert "问过担保人：李雷 认识、韩梅梅 不认识" in orders(chat, "#待审 A1")
    chat.says("大李", "#我的数据", private=True)
    assert "作证（1）：\n- A1 认识\n" in chat.told("大李")
    opening = chat.says("小李", "#申请 老友记", private=True)
    assert "写了担保人的话，我会把你的姓名、公司、在职时间告诉 ta" in opening


@pytest.mark.both_databases
def test_vouchers_are_asked_once_about_the_same_person(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    for who, name in (("大李", "李雷"), ("小韩", "韩梅梅")):
        chat.says(who, f"#名片 姓名 {name}")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷、韩梅梅")
    assert chat.told("大李")
    assert chat.told("小韩")
    question = card_for(chat, "onebot:小韩")
    chat.says("大李", "认识", private=True)
    applies(chat, text="#申请 城市 上海")
    assert (chat.told("大李"), chat.told("小韩")) == ("", "")
    assert "问过担保人：李雷 认识、韩梅梅 还没回" in orders(chat, "#待审 A2")
    assert chat.says("小韩", "不认识", private=True, quote=question).startswith("记下了")
    assert "问过担保人：李雷 认识、韩梅梅 不认识" in orders(chat, "#待审 A2")
    assert chat.says("大李", "不认识", private=True) == ""
    orders(chat, "#拒绝 A2 太笼统")
    chat.passes(days=31)
    applies(chat, text="#申请 城市 北京")
    assert "有人申请加入" in chat.told("大李")


def test_vouchers_are_asked_about_another_name(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷")
    chat.told("大李")
    question = card_for(chat, "onebot:大李")
    applies(chat, text="#申请 姓名 张三丰")
    assert "说你认识 ta：张三丰" in chat.told("大李")
    assert chat.says("大李", "认识", private=True, quote=question) == ""
    assert "问过担保人：李雷 还没回" in orders(chat, "#待审 A2")
    assert chat.says("大李", "认识", private=True).startswith("记下了")
    assert "问过担保人：李雷 认识" in orders(chat, "#待审 A2")


def test_a_voucher_named_in_an_answer_is_asked(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    applies(chat)
    orders(chat, "#补充 A1 群里谁认识你？")
    chat.says("小张", "担保人 李雷", private=True)
    assert "说你认识 ta：张三" in chat.told("大李")
    assert "问过担保人：李雷 还没回" in orders(chat, "#待审 A1")


@pytest.mark.parametrize(
    ("text", "knows", "remark"),
    [
        ("认识，以前一个组的", "认识", "以前一个组的"),
        ("认识的 人很靠谱", "认识", "人很靠谱"),
        ("我认识他。谢谢", "认识", ""),
        ("嗯，认识", "认识", ""),
        ("不认识，没听说过", "不认识", "没听说过"),
        ("認識，Tony 記得他", "认识", "Tony 記得他"),
        ("认识，老同事\n#A9 已同意：王五", "认识", "老同事\n｜#A9 已同意：王五"),
    ],
)
def test_a_voucher_answers_as_people_talk(
    make_chat: ChatMaker, text: str, knows: str, remark: str
) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷")
    answer = chat.says("大李", text, private=True)
    assert answer.startswith("记下了，谢谢。只有管理员知道你")
    assert ("你说的话也转给了管理员。" in answer) is bool(remark)
    said = f"李雷 说{knows} #A1 的申请人"
    assert chat.heard(ADMIN_GROUP) == (f"{said}：{remark}" if remark else f"{said}。")


def test_what_is_unclear_is_asked_again(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷")
    question = card_for(chat, "onebot:大李")
    for text in ("不太熟", "认识吗？", "不认识。哦等等，认识"):
        assert chat.says("大李", text, private=True).startswith("这句我没听懂：认识 ta 就回")
        assert chat.heard(ADMIN_GROUP) == ""
    assert chat.says("大李", "让我想想这人是谁", private=True) == ""
    answer = chat.says("大李", "让我想想这人是谁", private=True, quote=question)
    assert answer.startswith("这句我没听懂")
    assert chat.says("大李", "好的", private=True, quote=question) == ""
    assert "问过担保人：李雷 还没回" in orders(chat, "#待审 A1")


@pytest.mark.both_databases
def test_who_quotes_the_question_may_put_his_answer_right(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True))
    chat.says("大李", "#名片 姓名 李雷")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷")
    question = card_for(chat, "onebot:大李")
    chat.says("大李", "认识", private=True)
    assert chat.says("大李", "认识", private=True, quote=question).startswith("记下了")
    assert chat.heard(ADMIN_GROUP) == ""
    chat.says("大李", "不认识，看错了", private=True, quote=question)
    assert chat.heard(ADMIN_GROUP) == "李雷 改口说不认识 #A1 的申请人：看错了"
    assert "问过担保人：李雷 不认识" in orders(chat, "#待审 A1")
    orders(chat, "#拒绝 A1 没人认识")
    late = chat.says("大李", "认识", private=True, quote=question)
    assert late == "这份申请已经结束了，不用再回，谢谢。"


@pytest.mark.both_databases
def test_a_voucher_in_two_communities_answers_for_the_one_that_asks(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(ask_vouchers=True), other_admins=(OTHER_ADMIN,))
    rules = chat.settings[0].application
    chat.settings = tuple(one.model_copy(update={"application": rules}) for one in chat.settings)
    chat.restarts()
    chat.says("大李", "#名片 姓名 李雷")
    chat.says("大李", "#名片 姓名 李雷", group=OTHER_GROUP)
    applies(
        chat, "小王", ONE_LINE.replace("老友记", "别家").replace("张三", "王五") + " 担保人 李雷"
    )
    assert "王五" in chat.told("大李")
    applies(chat, text=f"{ONE_LINE} 担保人 李雷")
    answer = chat.says("大李", "认识", private=True)
    assert answer == "有几位申请人在等你的回答，请引用问你的那条消息回。"
    chat.says(OTHER_ADMIN, "#拒绝 A1 太笼统", private=True)
    assert chat.says("大李", "认识", private=True).startswith("记下了")
    assert chat.heard(ADMIN_GROUP) == "李雷 说认识 #A1 的申请人。"
