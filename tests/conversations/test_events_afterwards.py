"""What an event leaves behind: points, feedback, and nothing of whoever goes. Monday noon."""

import re

import pytest

from community.members.people import get_or_create_member
from community.membership import probation
from community.terms import Terms
from tests.conversations.chat import ADMIN, ADMIN_GROUP, OTHER_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.erasing import asks, found

ROUND = "#办活动 圆桌 时间 周六 14:00 地点 科技园 人数 2"
NEXT = "#办活动 徒步 时间 3月14日 9:00 地点 北门"


@pytest.fixture
def full(chat: Chat) -> Chat:
    """小明 and 小红 sit, 小刚 waits."""
    chat.says(ADMIN, ROUND)
    for who in ("小明", "小红", "小刚"):
        chat.says(who, "#报名 E1")
    return chat


def asked(chat: Chat, who: str) -> str:
    """The message in which he was asked what it was like."""
    told = [one for action, one in chat.channel.done if action.target == f"onebot:{who}"]
    return told[-1].message_id or ""


@pytest.mark.both_databases
def test_leaving_late_costs_a_point_that_only_he_reads_of(full: Chat) -> None:
    full.passes(days=4, hours=3)
    assert full.says("小明", "#取消报名 E1") == "好，#E1「圆桌」不算你了。"
    assert full.told("小明") == (
        "#E1「圆桌」截止后取消，记 1 分，20 天后清掉。现在共 1 分：新活动开放 3 小时后你才能报名。"
    )
    assert "有名额了，给你留到 3月7日（周六）08:00" in full.told("小刚")
    assert full.says("小刚", "#不去了 E1", private=True) == "好，#E1「圆桌」不算你了。"
    assert "3月6日（周五）14:00 截止了" in full.says("小刚", "#报名 E1")
    full.says(ADMIN, NEXT)
    assert full.says("小明", "#报名 E2") == ""
    assert full.told("小明") == (
        "#E2「徒步」你要到 3月6日（周五）18:00 才能报名。"
        "你有 1 分活动记分：新活动开放 3 小时后你才能报名。\n"
        "#E1「圆桌」截止后取消，1 分，3月26日（周四）15:00 清掉"
    )
    assert "记分" not in full.says("小明", "#活动 E2")
    assert "1 分活动记分" in full.says("小明", "#活动 我", private=True)
    full.says("小明", "#我的数据", private=True)
    assert "活动（1）：\n- E1 圆桌 没参加\n活动记分（1）：\n- E1 截止后取消 1 分" in full.told(
        "小明"
    )
    full.passes(hours=3)
    assert full.says("小明", "#报名 E2").startswith("报上了 #E2")
    full.passes(days=20)
    full.new_ticks().prune()
    assert "你没有活动记分" in full.says("小明", "#活动 我", private=True)
    assert found(full, "late") == []


def test_who_has_too_many_points_comes_last(full: Chat) -> None:
    full.passes(days=5, hours=7)
    full.says(ADMIN, "#到场 E1 全到", private=True)
    full.says("小红", "#反馈 E1 收获很大")
    for number, wait in ((2, 0), (3, 4), (4, 13)):
        full.says(ADMIN, "#办活动 晚饭 时间 后天 19:00 地点 老地方", private=True)
        full.passes(hours=wait)
        assert "报上了" in full.says("小红", f"#报名 E{number}")
        full.passes(hours=28)
        full.says("小红", f"#取消报名 E{number}")
    assert "现在共 3 分" in full.told("小红")
    assert "没有优先，候补排在最后" in full.told("小红")
    full.says(ADMIN, "#办活动 拜访 时间 3月18日 14:00 地点 园区 人数 1 优先 E1", private=True)
    full.says("小丽", "#报名 E5")
    full.passes(hours=13)
    assert "你候补第 1 位" in full.says("小红", "#报名 E5")
    assert "你候补第 1 位" in full.says("小赵", "#报名 E5")
    assert "你候补第 2 位" in full.says("小红", "#活动 E5")


def test_whoever_came_is_asked_what_it_was_like(full: Chat) -> None:
    full.passes(days=5, hours=7)
    full.says(ADMIN, "#到场 E1 全到", private=True)
    heard = []
    for day in range(1, 10):
        full.passes(days=1, minutes=1)
        heard += [(day, full.told("小明").partition("，")[0])] if full.told("小明") else []
        if day == 1:
            question = asked(full, "小红")
            assert full.says("小红", "谢谢", quote=question, private=True) == ""
            said = full.says("小红", "下次早点开始", quote=question, private=True)
    assert said == "#E1「圆桌」的反馈记下了，谢谢。"
    assert [day for day, _ in heard] == [1, 2, 3, 5, 7]
    assert [text for _, text in heard[2:]] == ["#E1「圆桌」没写反馈"] * 3
    assert full.told("小刚") == ""
    assert full.says("小明", "#反馈 E1 收获很大") == "#E1「圆桌」的反馈记下了，谢谢。"
    assert full.says("小刚", "#反馈 E1 我也想去").startswith("没有记你来过 #E1「圆桌」")
    assert full.says("小明", "#反馈 E1").startswith("想说什么？")
    assert full.says(ADMIN, "#反馈 E1") == "反馈私聊发给你了。"
    assert full.told(ADMIN) == "#E1「圆桌」的反馈（2）：\n小明：收获很大\n小红：下次早点开始"


@pytest.mark.both_databases
def test_whoever_goes_leaves_the_seat_to_the_next(full: Chat) -> None:
    for who in ("小丽", "小赵"):
        full.says(who, "#报名 E1")
    full.says("小明", "#退出 确认")
    assert "有名额了" in full.told("小刚")
    full.says(ADMIN, "#移除 @小红 多次发广告", private=True)
    assert "有名额了" in full.told("小丽")
    full.says("小刚", f"#删除我的数据 {asks(full, '小刚')} 全删", private=True)
    assert "有名额了" in full.told("小赵")
    assert [hit for hit in found(full, "小刚") if not hit.startswith("inbox")] == []
    assert "来的人（2）：小丽、小赵" in full.says("小丽", "#活动 E1")
    assert found(full, "late") == []


@pytest.mark.both_databases
def test_what_an_operator_announced_outlives_him(full: Chat) -> None:
    full.says("小丽", "#帮助")
    full.says(ADMIN, "#角色 @小丽 运营")
    full.says("小丽", NEXT)
    full.says("小明", "#报名 E2")
    full.says("小丽", f"#删除我的数据 {asks(full, '小丽')} 匿名", private=True)
    assert "#E2 徒步" in full.says("小明", "#活动")
    full.passes(days=13)
    assert "#E2「徒步」办完了" in full.heard(ADMIN_GROUP)


@pytest.mark.both_databases
def test_of_two_accounts_the_better_place_stays(full: Chat) -> None:
    code = re.search(r"\d{6}", full.says("小刚", "#绑定", private=True))
    assert code is not None
    full.says("小赵", "#报名 E1")
    full.says("小明", f"#绑定 {code[0]}", private=True)
    assert "来的人（2）：小红、小刚" in full.says("小赵", "#活动 E1")
    assert "你候补第 1 位" in full.says("小赵", "#活动 E1")
    full.passes(days=6)
    full.says(ADMIN, "#到场 E1 @小赵 缺席 @小红", private=True)
    assert "你有 2 分" in full.says("小红", "#活动 我", private=True)
    code = re.search(r"\d{6}", full.says("小赵", "#绑定", private=True))
    assert code is not None
    full.says("小红", f"#绑定 {code[0]}", private=True)
    assert "你没有活动记分" in full.says("小红", "#活动 我", private=True)


def test_who_came_and_who_did_not_in_one_message(full: Chat) -> None:
    full.passes(days=6)
    assert "到场" not in full.says("小红", "#活动 E1")
    for text in ("@小红 没来，@小明 来了", "@小红 没来 @小明", "缺席 @小红 @小明 来了"):
        assert full.says(ADMIN, f"#到场 E1 {text}", private=True).startswith("没看懂谁来了"), text
    said = full.says(ADMIN, "#到场 E1 @小明 缺席 @小明", private=True)
    assert said == "同一位既写了到场又写了缺席，没有改动。"
    said = full.says(ADMIN, "#到场 E1 @小红 没来", private=True)
    assert said.startswith("#E1「圆桌」\n缺席：小红\n还没记的 1 位")
    for text in ("除了 @小红 都到了", "@小明 缺席 @小红"):
        said = full.says(ADMIN, f"#到场 E1 {text}", private=True)
        assert said == "#E1「圆桌」\n到场：小明\n缺席：小红", text
    assert full.says(ADMIN, "#到场 E1 小刚", private=True) == "#E1「圆桌」\n到场：小刚"
    assert full.says(ADMIN, "#到场 E1 缺席", private=True).startswith("谁没来？")
    assert "到场（2）：小明、小刚" in full.says("小红", "#活动 E1")
    assert "你缺席了" in full.says("小红", "#活动 E1")


def test_by_night_nobody_is_told_anything(chat: Chat) -> None:
    chat.says(ADMIN, "#办活动 夜跑 时间 3月6日 23:00 地点 北门")
    chat.says("小明", "#报名")
    chat.passes(days=3, hours=10)
    for target in ("onebot:小明", ADMIN_GROUP):  # of the reminder at 23, and of the end at 3
        for silent in (1, 4, 4):
            chat.passes(hours=silent)
            assert chat.sent == []
        chat.passes(hours=1)
        assert [send.target for send in chat.sent] == [target]
        chat.passes(hours=14)


def test_guests_look_and_sign_up_for_nothing(full: Chat) -> None:
    full.says("小丽", "#帮助")
    full.says(ADMIN, "#角色 @小丽 访客")
    said = full.says("小丽", "#活动 E1")
    assert "#E1 圆桌" in said
    assert "小明" not in said
    assert "要成为成员才能用" in full.says("小丽", "#报名 E1")
    assert full.says("小丽", "报名", quote=full.reply_id) == ""
    full.says(ADMIN, "#角色 @小红 访客")
    assert "有名额了" in full.told("小刚")


def test_coming_ends_the_trial_time_of_a_newcomer(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(probation=True))
    with chat.scene() as scene:
        member = get_or_create_member(scene, account="onebot:小明", name="小明")
        probation.begin(scene, member=member)
    chat.says(ADMIN, ROUND)
    chat.says("小明", "#报名 E1")
    chat.passes(days=6)
    chat.says(ADMIN, "#到场 E1 全到", private=True)
    assert "试用期完成" in chat.told("小明")


def test_a_bot_that_was_off_does_each_thing_once(full: Chat) -> None:
    full.says("小明", "#取消报名 E1")
    full.is_cut_off(days=9)
    told = [send.text for send in full.sent]
    assert sum("办完了" in text for text in told) == 1
    assert sum("提醒一下" in text for text in told) == 0
    assert sum("有名额了" in text for text in told) == 0
    full.passes(days=1)
    assert full.sent == []


@pytest.mark.both_databases
def test_an_offer_that_could_not_be_sent_is_made_anew(full: Chat) -> None:
    full.says("小丽", "#报名 E1")
    full.says("小明", "#取消报名 E1")
    full.channel_is_away(days=3)
    full.comes_back()
    assert full.told("小刚") == "#E1「圆桌」的名额没等到你确认，让给下一位了。"
    assert full.told("小丽").startswith("#E1「圆桌」有名额了，给你留到 3月6日（周五）12:00。")
    assert full.says("小丽", "我去", private=True).startswith("好，#E1「圆桌」算你一个")


@pytest.mark.both_databases
def test_each_community_has_events_of_its_own(make_chat: ChatMaker) -> None:
    chat = make_chat(other_admins=[ADMIN])
    chat.says(ADMIN, ROUND, group=OTHER_GROUP)
    assert chat.says("小明", "#活动") == "现在没有安排活动，有了会在群里说。"
    chat.says("小明", "#报名 E1", group=OTHER_GROUP)
    chat.says(ADMIN, NEXT)
    assert chat.says("小明", "#报名 别家 E1", private=True).startswith("#E1「圆桌」你已经报过了")
    assert chat.says("小明", "#报名 老友记 E1", private=True).startswith("报上了 #E1「徒步」")
    assert chat.says("小明", "#取消报名 E1", private=True) == (
        "你在的几个社群都有 E1：写上社群的名字，例如 #取消报名 别家 E1。"
    )
    assert chat.says("小明", "#活动", private=True).endswith("\n「老友记」另算：发 #活动 老友记。")
    chat.says("小明", "#取消报名 老友记 E1", private=True)
    said = chat.says("小明", "#取消报名 1", private=True)
    assert said == "好，#E1「圆桌」不算你了。"
    chat.says("小明", "#报名 老友记 E1", private=True)
    assert chat.says(ADMIN, "#取消活动 E1 下雨", private=True) == (
        "你管的几个社群都有 E1：写上社群的名字，例如 #取消活动 别家 E1，或到群里发。"
    )
    chat.says(ADMIN, "#取消活动 老友记 E1 下雨", private=True)
    assert chat.told("小明").startswith("「老友记」#E1「徒步」")
