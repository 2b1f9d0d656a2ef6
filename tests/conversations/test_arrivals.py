"""People come into the group: through the door, past it, and what the bot makes of it."""

import pytest

from bot.channels.base import Caps, Sent
from community.actions import AnswerRequest, Send, SetCard
from community.updates import BotInvited
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, OTHER_GROUP, Chat, account
from tests.conversations.conftest import ChatMaker

COMMENT = "姓名：张三；公司：字节；职位：产品经理；城市：北京"
WELCOME = "欢迎 @张三 ！\n张三 · 字节 · 产品经理 · 北京"
RULE = "群名片请用「姓名-公司-职位」"


@pytest.fixture
def club(chat: Chat) -> Chat:
    """A group whose members are known."""
    chat.sits("小明", "小红")
    return chat


def answers(chat: Chat) -> list[tuple[bool, str, str]]:
    """What the platform was told of requests in the last turn: yes or no, the flag, the reason."""
    asked = [action for action in chat.did if isinstance(action, AnswerRequest)]
    return [(action.approve, action.flag, action.reason) for action in asked]


def cards(chat: Chat) -> list[tuple[str, str]]:
    """The cards that were set in the last turn."""
    given = [action for action in chat.did if isinstance(action, SetCard)]
    return [(action.account.removeprefix("onebot:"), action.card) for action in given]


def approved(chat: Chat, who: str = "张三", comment: str = COMMENT) -> None:
    """Somebody has asked, and an admin has agreed."""
    chat.requests_to_join(who, comment)
    number = chat.heard(ADMIN_GROUP).split()[0]
    chat.says(ADMIN, f"#通过 {number}", group=ADMIN_GROUP)


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


@pytest.mark.both_databases
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


def test_a_human_was_faster(club: Chat) -> None:
    club.requests_to_join("张三", COMMENT)
    club.joins("张三")
    assert answers(club) == []
    assert "#A1 已经有人在群里直接放进来了" in club.heard(ADMIN_GROUP)
    assert club.heard().startswith(WELCOME)
    assert cards(club) == [("张三", "张三-字节-产品经理")]
    assert "通过了" in club.says(ADMIN, "#通过 A1", group=ADMIN_GROUP)
    assert answers(club) == []


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
    assert club.heard(ADMIN_GROUP).startswith("阿强 进了群，但没有通过申请")


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


@pytest.mark.both_databases
def test_an_old_notice_receives_nobody(club: Chat) -> None:
    club.joins("小明")
    assert club.sent == []


@pytest.mark.both_databases
def test_many_at_once_get_one_word(club: Chat) -> None:
    club.sits("小明", "小红", "甲", "乙", "丙", "丁")
    assert club.heard().startswith("欢迎新来的 4 位朋友！")
    assert club.called == []
    assert club.heard(ADMIN_GROUP) == "这 4 位没有通过申请就进了群：甲、乙、丙、丁。"
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


def test_who_leaves_is_asked_nothing_more(club: Chat) -> None:
    club.joins("阿强")
    club.leaves("阿强")
    club.passes(days=4)
    assert club.sent == []


@pytest.mark.both_databases
def test_who_is_put_out_by_hand_stays_a_member_and_the_admins_hear_how_to_end_it(
    club: Chat,
) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三", by=ADMIN)
    assert club.heard(ADMIN_GROUP) == (
        "张三 被人移出了群，但还是成员（M2），在私聊里照样能用。"
        "要结束成员资格，发 #移除 M2 理由；不用就不必管。ta 再申请进群时我会先问你们。"
    )
    assert club.heard() == ""
    club.requests_to_join("张三", COMMENT, flag="f9")
    assert answers(club) == []
    assert "⚠ 被人从群里移出过。" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A2", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f9", "")]
    club.joins("张三")
    club.leaves("张三")
    assert club.heard(ADMIN_GROUP) == ""
    club.requests_to_join("张三", "又走错了", flag="f10")
    assert answers(club) == [(True, "f10", "")]


def test_who_was_put_out_need_not_say_again_what_was_vetted(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三", by=ADMIN)
    club.requests_to_join("张三", "刚才是手滑吧", flag="f9")
    assert "姓名：张三\n公司：字节\n" in club.heard(ADMIN_GROUP)
    assert "以前：#A1 3月2日 12:00 已通过" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A2", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f9", "")]
    club.joins("张三")


@pytest.mark.both_databases
def test_who_was_removed_by_command_is_not_spoken_of_again(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.says(ADMIN, "#移除 @张三 广告", group=ADMIN_GROUP)
    club.leaves("张三", by="bot")
    assert club.heard(ADMIN_GROUP) == ""
    club.joins("阿强")
    club.leaves("阿强", by=ADMIN)
    assert club.heard(ADMIN_GROUP) == ""


def test_who_comes_back_is_not_introduced_again(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三")
    club.joins("张三")
    assert club.heard() == ""
    assert cards(club) == [("张三", "张三-字节-产品经理")]


@pytest.mark.both_databases
def test_a_card_that_the_bot_may_not_set_is_asked_for(club: Chat) -> None:
    club.channel.endings[SetCard] = Sent("refused")
    approved(club)
    club.joins("张三")
    assert club.told("张三").endswith("改成你在群里的昵称：\n张三-字节-产品经理")
    club.passes(hours=23)
    assert club.told("张三") == ""
    club.passes(hours=2)
    assert club.told("张三").endswith("张三-字节-产品经理")
    club.passes(hours=48)
    assert club.told("张三").endswith("张三-字节-产品经理")
    assert club.heard(ADMIN_GROUP) == "提醒过三次，这些新朋友的群名片还不合格式：\n- 张三"
    club.passes(days=30)
    assert club.sent == []


def test_who_takes_no_private_messages_is_asked_in_the_group(club: Chat) -> None:
    club.channel.endings[Send] = Sent("refused")
    club.joins("阿强")
    said = [send for send in club.sent if send.group == GROUP]
    assert said[-1].text == f"@阿强 {RULE}，例如：张三-拾光科技-产品经理"


@pytest.mark.both_databases
def test_a_bot_that_was_off_for_days_asks_once(club: Chat) -> None:
    club.joins("阿强")
    club.passes(days=10)
    assert club.told("阿强").count(RULE) == 1
    club.passes(hours=25)
    assert club.told("阿强").count(RULE) == 1
    assert "- 阿强" in club.heard(ADMIN_GROUP)


def test_a_card_that_is_right_at_once(club: Chat) -> None:
    club.joins("阿强", card="阿强－拾光－摄影师")
    assert club.told("阿强") == ""
    club.passes(days=4)
    assert club.sent == []


@pytest.mark.both_databases
def test_a_card_that_changes_away_is_mentioned_once(club: Chat) -> None:
    club.wears("小明", "小明-拾光-摄影师")
    club.wears("小明", "吃瓜群众")
    assert RULE in club.told("小明")
    assert club.did == []
    club.wears("小明", "还在吃瓜")
    club.passes(days=4)
    assert club.sent == []
    club.wears("小明", "小明-拾光-导演")
    club.wears("小明", "又在吃瓜")
    assert RULE in club.told("小明")


@pytest.mark.both_databases
def test_the_newcomer_meets_those_with_most_in_common(club: Chat) -> None:
    club.sits("小明", "小红", "小李", "小王", "小赵", "小钱")
    club.says("小明", "#名片 公司 字节跳动 城市 北京", private=True)
    club.says("小红", "#名片 公司 字节 城市 上海", private=True)
    club.says("小李", "#名片 城市 北京", private=True)
    club.says("小王", "#名片 公司 字节 城市 北京", private=True)
    club.says("小王", "#勿扰", private=True)
    club.says("小赵", "#名片 公司 字节", private=True)
    club.says("小钱", "#名片 公司 字节 城市 北京", private=True)
    approved(club)
    club.joins("张三")
    assert club.called == ["张三", "小明", "小钱", "小红"]
    assert "@小明 同是字节的，都在北京" in club.heard()
    assert "@小红 同是字节的\n" in club.heard()


def test_nobody_is_called_beyond_his_budget(club: Chat) -> None:
    club.says("小明", "#名片 公司 字节", private=True)
    approved(club)
    club.joins("张三")
    assert club.called == ["张三", "小明"]
    approved(club, "李四", COMMENT.replace("张三", "李四"))
    club.joins("李四")
    assert "小明" not in club.called
    club.passes(days=2)
    approved(club, "王五", COMMENT.replace("张三", "王五"))
    club.joins("王五")
    assert "小明" in club.called


@pytest.mark.both_databases
def test_what_the_newcomer_seeks_is_in_the_pool(club: Chat) -> None:
    club.says("小红", "#offer 跨境电商独立站代运营，做过三个品牌")
    approved(club, comment=f"{COMMENT}；想要：找跨境电商独立站代运营")
    club.joins("张三")
    assert "@小红 #1「" in club.heard()
    assert "正是 ta 要找的" in club.heard()


def test_the_bot_comes_where_the_configuration_wants_it(chat: Chat) -> None:
    chat.feed(
        BotInvited(
            channel="onebot:bot",
            key="i1",
            time=chat.clock.now(),
            group=GROUP,
            account=account("路人"),
            flag="f9",
        )
    )
    [action] = chat.did
    assert isinstance(action, AnswerRequest)
    assert (action.kind, action.group, action.flag, action.approve) == ("invite", GROUP, "f9", True)


def test_a_member_becomes_a_contact_without_further_ado(club: Chat) -> None:
    club.says("小明", "#名片 公司 字节")
    club.befriends("小明")
    assert answers(club) == [(True, "flag-3", "")]
    assert club.sent == []


@pytest.mark.both_databases
def test_a_stranger_to_several_communities_becomes_a_contact_and_is_asked_which(chat: Chat) -> None:
    chat.befriends("刘洋", "你好，加一下")
    assert answers(chat) == [(True, "flag-1", "")]
    assert chat.told("刘洋") == "我在几个社群里：老友记、别家。想加入哪个？例如发 #申请 老友记"
    assert chat.says("刘洋", "你猜", private=True) == ""
    assert chat.says("刘洋", "我想加入别家", private=True).startswith("申请加入 别家")
    assert chat.says("刘洋", "刘洋", private=True).startswith("2/10 ")


@pytest.mark.both_databases
def test_a_stranger_who_names_the_community_gets_its_form(chat: Chat) -> None:
    chat.befriends("刘洋", "我是刘洋，想加入老友记")
    assert answers(chat) == [(True, "flag-1", "")]
    assert chat.told("刘洋").startswith("申请加入 老友记")
    assert chat.told("刘洋").endswith("2/10 你在哪家公司（或组织）待过？写和这个社群有关的那家。")
