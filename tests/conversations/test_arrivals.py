"""People come into the group: through the door, past it, and what the bot makes of it."""

import pytest

from bot.channels.base import Caps, Sent
from community.actions import AnswerRequest
from tests.conversations.arriving import COMMENT, RULE, WELCOME, answers, approved, cards
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies


def test_approved_let_in_carded_and_welcomed(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT, flag="f1")
    assert "#A1" in club.heard(ADMIN_GROUP)
    assert club.did == []
    club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f1", "")]
    assert club.heard() == ""  # an ok is no proof that somebody has come

    club.joins("张三")
    assert cards(club) == [("张三", "张三-字节-产品经理")]
    assert club.heard().startswith(WELCOME)
    assert "#求" in club.heard()
    assert club.told("张三") == ""

    club.wears("张三", "张三-字节-产品经理")
    club.passes(days=4)
    assert club.sent == []
    assert club.did == []


def test_nothing_of_an_applicant_in_the_group_before_he_is_approved(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT)
    club.says(ADMIN, "#补充 A1 哪个部门？", group=ADMIN_GROUP)
    club.requests_to_join("张三", "广告部")
    club.says(ADMIN, "#拒绝 A1 没找到你", group=ADMIN_GROUP)
    everything = [send.text for send in club.channel.sends() if send.target != ADMIN_GROUP]
    assert not [text for text in everything if "张三" in text or "字节" in text]


def test_rejected_with_the_reason(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT, flag="f1")
    club.says(ADMIN, "#拒绝 A1 没在名册里找到你", group=ADMIN_GROUP)
    assert answers(club) == [(False, "f1", "没在名册里找到你")]
    assert club.heard() == ""


def test_asked_back_through_the_refusal_and_answered_by_asking_again(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT, flag="f1")
    club.says(ADMIN, "#补充 A1 你在哪个部门？", group=ADMIN_GROUP)
    assert answers(club) == [(False, "f1", "请补充：你在哪个部门？（写在验证信息里再申请一次）")]
    assert club.told("张三") == ""  # nobody can write to a stranger

    club.requests_to_join("张三", "广告部的", flag="f2")
    assert "广告部的" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f2", "")]


@pytest.mark.both_databases
def test_what_was_missing_is_the_answer_itself(club: Chat) -> None:
    club.requests_to_join("张三", "张三", flag="f1")
    club.says(ADMIN, "#补充 A1", group=ADMIN_GROUP)
    assert answers(club) == [(False, "f1", "请补上：公司（写在验证信息里再申请一次）")]
    club.requests_to_join("张三", "公司网易", flag="f2")
    assert "公司：网易\n" in club.heard(ADMIN_GROUP)
    assert club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP) == "已通过 #A1 张三。"


def test_asked_back_and_answered_in_private(club: Chat) -> None:
    club.sits("张三", group=OTHER_GROUP)  # the bot can reach him from there
    club.requests_to_join("张三", COMMENT, flag="f1")
    club.says(ADMIN, "#补充 A1 你在哪个部门？", group=ADMIN_GROUP)
    assert answers(club) == []
    assert "你在哪个部门？" in club.told("张三")

    assert club.says("张三", "广告部的", private=True) != ""
    assert "广告部的" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f1", "")]


@pytest.mark.parametrize("ending", [Sent("refused"), Sent("unknown")])
def test_an_approval_that_fails_is_done_by_hand(club: Chat, ending: Sent) -> None:
    club.channel.endings[AnswerRequest] = ending
    approved(club)
    assert "请在 QQ 的加群通知里手动通过" in club.heard(ADMIN_GROUP)
    club.joins("张三")
    assert club.heard().startswith(WELCOME)


def test_a_refusal_that_fails_is_done_by_hand(club: Chat) -> None:
    club.channel.endings[AnswerRequest] = Sent("refused")
    club.requests_to_join("张三", COMMENT)
    club.says(ADMIN, "#拒绝 A1 不合适", group=ADMIN_GROUP)
    assert "我没能在 QQ 里拒绝" in club.heard(ADMIN_GROUP)


def test_a_platform_that_knows_no_requests(club: Chat) -> None:
    club.channel.caps = Caps()
    approved(club)
    assert club.did == []
    assert "手动通过" in club.heard(ADMIN_GROUP)


@pytest.mark.both_databases
def test_who_was_let_in_but_does_not_come(club: Chat) -> None:
    approved(club)
    club.passes(minutes=9)
    assert club.sent == []
    club.passes(minutes=2)
    assert club.heard(ADMIN_GROUP).startswith("#A1 已放行 10 分钟，还没看到进群")
    club.passes(days=5)
    assert club.heard(ADMIN_GROUP) == ""
    club.joins("张三")
    assert club.heard().startswith(WELCOME)


@pytest.mark.parametrize("comes", [True, False])
def test_who_comes_while_the_bot_is_off_is_not_missed(club: Chat, comes: bool) -> None:
    club.sits("管理员")
    approved(club)
    club.passes(days=7)
    assert club.heard(ADMIN_GROUP) == ""
    club.sits("管理员", *(["张三"] if comes else []))
    assert club.heard().startswith(WELCOME) == comes
    club.passes(minutes=11)
    assert club.heard(ADMIN_GROUP).startswith("#A1 已放行 10 分钟，还没看到进群") != comes


def test_a_human_was_faster(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT)
    club.joins("张三")
    assert answers(club) == []
    assert "#A1 已经有人在群里直接放进来了" in club.heard(ADMIN_GROUP)
    assert club.heard().startswith(WELCOME)
    assert cards(club) == [("张三", "张三-字节-产品经理")]
    assert "通过了" in club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert answers(club) == []


def test_who_applied_in_private_hears_that_a_human_was_faster(club: Chat) -> None:
    applies(club, "张三")
    club.says(ADMIN, "#补充 A1 你在哪个部门？", group=ADMIN_GROUP)
    club.joins("张三")
    assert club.told("张三").startswith("你加入「老友记」的申请 #A1 通过了，欢迎。")
    assert "还没进群" not in club.told("张三")


@pytest.mark.both_databases
def test_a_human_was_faster_and_data_are_missing(club: Chat) -> None:
    club.requests_to_join("张三", "我是张三，拉我进群")
    club.joins("张三")
    assert "#A1 已经有人" in club.heard(ADMIN_GROUP)
    assert club.heard().startswith("欢迎 @张三 ！")
    assert "我还不知道你的" in club.told("张三")

    club.says("张三", "#名片 姓名 张三 公司 字节 职位 产品经理", private=True)
    assert cards(club) == [("张三", "张三-字节-产品经理")]


def test_a_newcomer_whom_nobody_approved(club: Chat) -> None:
    club.joins("阿强")
    assert club.heard().startswith("欢迎 @阿强 ！")
    assert "#申请" in club.heard()
    assert RULE in club.told("阿强")
    assert club.heard(ADMIN_GROUP).startswith("阿强 进了群，但没有经过审核")


def test_he_is_introduced_once_he_is_approved(club: Chat) -> None:
    club.joins("张三")
    club.says(
        "张三",
        "#申请 姓名 张三 公司 字节 在职时间 2016-2019 现在职位 产品经理 城市 北京",
        private=True,
    )
    club.says("张三", "确认", private=True)
    club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert club.heard().startswith(WELCOME)
    assert cards(club) == [("张三", "张三-字节-产品经理")]
    assert answers(club) == []


@pytest.mark.both_databases
def test_events_that_are_repeated(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT, flag="f1")
    club.requests_to_join("张三", COMMENT, flag="f1")
    assert club.sent == []
    club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    club.joins("张三")
    club.joins("张三")
    assert club.sent == []
    assert club.did == []


def test_who_was_there_before_the_bot_is_no_newcomer(chat: Chat) -> None:
    chat.sits("小明", "小红")
    assert chat.sent == []
    chat.sits("小明", "小红", "阿强")  # missed while the bot was off
    assert chat.heard().startswith("欢迎 @阿强 ！")
    assert chat.called == ["阿强"]


def test_an_old_notice_receives_nobody(club: Chat) -> None:
    club.joins("小明")
    assert club.sent == []


@pytest.mark.both_databases
def test_many_at_once_get_one_word(club: Chat) -> None:
    club.sits("小明", "小红", "甲", "乙", "丙", "丁")
    assert club.heard().startswith("欢迎新来的 4 位朋友！")
    assert club.called == []
    assert club.heard(ADMIN_GROUP) == "这 4 位没有经过审核就进了群：甲、乙、丙、丁。"
    assert len(club.sent) == 2
    club.passes(minutes=11)  # the cards are looked at one after the other
    assert len(club.sent) == 1
    assert RULE in club.told("甲")
    club.passes(minutes=10)
    assert RULE in club.told("乙")


def test_a_member_asks_for_another_group(make_chat: ChatMaker) -> None:
    chat = make_chat(groups=(GROUP, "onebot:101"))
    chat.sits("小明")
    approved(chat)
    chat.joins("张三")
    chat.wears("张三", "张三-字节-产品经理")
    chat.requests_to_join("张三", "来看看", group="onebot:101", flag="f7")
    assert answers(chat) == [(True, "f7", "")]
    assert chat.heard() == ""
    chat.joins("张三", group="onebot:101")
    assert chat.heard("onebot:101").startswith(WELCOME)


def test_a_community_that_wants_no_welcome(make_chat: ChatMaker) -> None:
    chat = make_chat(welcome=False)
    chat.sits("小明")
    approved(chat)
    chat.joins("张三")
    assert chat.heard() == ""
    assert cards(chat) == [("张三", "张三-字节-产品经理")]
    chat.joins("阿强")
    chat.sits("小明", "张三", "阿强", "甲", "乙", "丙", "丁")
    assert chat.heard() == ""


def test_the_group_of_the_admins_is_left_alone(club: Chat) -> None:
    club.joins("阿强", group=ADMIN_GROUP)
    club.requests_to_join("阿强", COMMENT, group=ADMIN_GROUP)
    assert club.sent == []
    assert club.did == []
