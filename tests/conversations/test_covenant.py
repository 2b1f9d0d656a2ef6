"""The covenant is read, accepted, changed, accepted again; breaking it is reported."""

from time import process_time

import pytest

from community.covenant import Covenant
from community.terms import Terms
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker

FIRST = "老友公约\n第1条 待人以诚。\n第2条 不发广告。"
SECOND = f"{FIRST}\n第3条 不外传成员资料。"


@pytest.fixture
def club(make_chat: ChatMaker) -> Chat:
    chat = make_chat(terms=Terms(covenant=Covenant(FIRST)))
    for who in ("小明", "小红"):
        chat.says(who, "#帮助")
    return chat


def test_it_is_read_and_accepted(club: Chat) -> None:
    assert club.says("小明", "#公约") == f"{FIRST}\n同意就发 #同意。"
    assert club.says("小明", "#同意") == "好，记下了：你同意「老友记」的公约。"
    assert club.says("小明", "#同意") == "你已经同意过现在这一版「老友记」公约。"
    assert club.says("小明", "#公约").endswith("你已经同意了这一版。")


def test_one_word_is_enough_under_the_reminder(club: Chat) -> None:
    club.passes(minutes=1)
    club.says("小红", "#公约", private=True)
    asked = club.reply_id
    assert club.says("小红", "同意", private=True, quote=asked).startswith("好，记下了")
    assert club.says("小红", "我同意。", private=True, quote=asked).startswith("你已经同意过")


def test_a_yes_to_something_else_accepts_no_covenant(club: Chat) -> None:
    club.says("小红", "我有一台投影仪想出")
    club.says("小明", "#收", quote=club.last_id)
    asked = club.reply_id
    for who in ("小红", "小明"):
        assert club.says(who, "同意", quote=asked) == ""
    assert "小红" in club.says(ADMIN, "#公约 未同意", private=True)


@pytest.mark.both_databases
def test_admins_see_who_has_not_accepted(club: Chat) -> None:
    club.says("小明", "#同意")
    club.says(ADMIN, "#同意")
    assert club.says(ADMIN, "#公约 未同意", private=True) == "还没同意现在这一版公约：小红（1 位）"
    assert club.says(ADMIN, "#公约 未同意") == "名单私聊发给你了。"
    assert "小红" in club.told(ADMIN)
    assert club.says("小明", "#公约 未同意") == "只有管理员和运营能用 #公约 的这个用法。"
    club.says("小红", "#同意")
    assert club.says(ADMIN, "#公约 未同意", private=True) == "大家都同意了现在这一版公约。"


def test_everybody_is_reminded_once_and_by_day(club: Chat) -> None:
    club.says("小明", "#同意")
    club.passes(minutes=1)
    assert club.told("小红") == ("「老友记」的公约请看一下：发 #公约 看全文，同意就发 #同意。")
    assert club.told("小明") == ""
    club.passes(days=1)
    assert club.told("小红") == ""


def test_a_long_covenant_is_read_in_private(make_chat: ChatMaker) -> None:
    long = "第1条 " + "待人以诚。" * 80
    chat = make_chat(terms=Terms(covenant=Covenant(long)))
    assert chat.says("小明", "#公约") == ""
    assert chat.told("小明").startswith(long)


def test_at_night_nobody_is_disturbed(club: Chat) -> None:
    club.passes(hours=11)  # 23:00
    assert club.told("小明") == ""
    club.passes(hours=10)  # 9:00
    assert club.told("小明") != ""


def test_only_few_are_reminded_at_once(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(covenant=Covenant(FIRST)))
    for number in range(12):
        chat.says(f"成员{number}号", "#帮助")
    reminded = []
    for _ in range(4):
        chat.passes(minutes=1)
        reminded.append(len(chat.sent))
    assert reminded == [5, 5, 2, 0]


@pytest.mark.both_databases
def test_after_a_change_everybody_is_asked_again(club: Chat) -> None:
    club.says("小明", "#同意")
    club.passes(minutes=1)
    changed = club.settings[0].model_copy(update={"terms": Terms(covenant=Covenant(SECOND))})
    club.settings = (changed, *club.settings[1:])
    club.restarts()
    club.passes(days=30)
    # At the start or with the next tick, and once.
    told = [send.text for send in club.channel.sends() if send.account == "onebot:小明"]
    assert told == ["「老友记」的公约有改动，请再看一遍：发 #公约 看全文，同意就发 #同意。"]
    assert "小明" in club.says(ADMIN, "#公约 未同意", private=True)
    assert club.says("小明", "#同意").startswith("好，记下了")
    assert "小明" not in club.says(ADMIN, "#公约 未同意", private=True)


def test_without_a_covenant(chat: Chat) -> None:
    for command in ("#公约", "#同意"):
        assert chat.says("小明", command) == "「老友记」没有写公约。"
    chat.passes(days=1)
    assert chat.sent == []


def test_an_admin_does_not_read_what_is_reported_about_him(make_chat: ChatMaker) -> None:
    chat = make_chat(terms=Terms(covenant=Covenant(FIRST)), admin_group=None)
    for who in (ADMIN, "小明", "小红"):
        chat.says(who, "#帮助")
    chat.says(ADMIN, "#角色 @小明 管理员")
    chat.says("小红", "#举报 第2条 小明 昨晚连发五条广告", private=True)
    assert "昨晚连发五条广告" in chat.told(ADMIN)
    assert chat.told("小明") == ""
    assert chat.says("小明", "#处理", private=True) == "没有等着处理的举报。"
    assert "R1 第 2 条" in chat.says(ADMIN, "#处理", private=True)


def test_a_report_reaches_the_admins_without_the_reporter(club: Chat) -> None:
    receipt = club.says("小红", "#举报 第2条 @小明 昨晚连发五条广告", private=True)
    assert receipt == "R1 已交给管理员，不会告诉任何人是你举报的。处理完我会告诉你。"
    shown = club.heard(ADMIN_GROUP)
    assert "R1 第 2 条「不发广告。」 对 小明（M1）：昨晚连发五条广告" in shown
    assert "小红" not in shown
    assert club.told("小明") == ""


@pytest.mark.parametrize(
    "said",
    [
        "@小明 第2条 昨晚连发五条广告",
        "小明 第二条 昨晚连发五条广告",
        "第2条 小明，昨晚连发五条广告",
        "第2条：M1 昨晚连发五条广告",
        "第2条 小明-字节-产品 昨晚连发五条广告",
    ],
)
def test_whom_and_which_clause_may_stand_in_any_order(club: Chat, said: str) -> None:
    club.wears("小明", "小明-字节-产品")
    receipt = club.says("小红", f"#举报 {said}", private=True)
    assert receipt == "R1 已交给管理员，不会告诉任何人是你举报的。处理完我会告诉你。"
    assert "R1 第 2 条「不发广告。」 对 小明（M1）：昨晚连发五条广告" in club.heard(ADMIN_GROUP)


def test_a_report_with_a_long_gap_costs_no_time(club: Chat) -> None:
    begun = process_time()
    club.says("小红", f"#举报 小明 违反{' ' * 3_000}x", private=True)
    assert process_time() - begun < 2


@pytest.mark.parametrize(
    "said",
    [
        "第2条 小明 被人拉去看广告",
        "第2条 小红 的名片被拿去发广告",
        "小明家楼下发广告，违反公约第2条",
    ],
)
def test_nobody_is_reported_whom_it_was_done_to(club: Chat, said: str) -> None:
    assert "没写 @谁，或没认出来" in club.says("小红", f"#举报 {said}", private=True)
    assert "R1 第 2 条「不发广告。」 小" in club.heard(ADMIN_GROUP)


def test_a_report_does_not_pass_for_several(club: Chat) -> None:
    forged = "#举报 第2条 @小明 广告\nR2 第 2 条「不发广告。」 对 小红（M2）：骂人"
    club.says("小红", forged, private=True)
    assert "广告\n｜R2 第 2 条" in club.heard(ADMIN_GROUP)
    assert "广告\n｜R2 第 2 条" in club.says(ADMIN, "#处理", private=True)


def test_both_sides_hear_the_result(club: Chat) -> None:
    club.says("小红", "#举报 第2条 @小明 昨晚连发五条广告", private=True)
    assert "R1 第 2 条" in club.says(ADMIN, "#处理", private=True)
    assert club.says(ADMIN, "#处理") == "举报的清单私聊发给你了。"
    assert "R1 第 2 条" in club.told(ADMIN)
    assert club.says(ADMIN, "#处理 R1 成立 已提醒 ta", group=ADMIN_GROUP) == (
        "R1 记为成立，双方都告诉了。"
    )
    assert club.told("小红") == "你的举报 R1 处理完了，成立：已提醒 ta"
    assert club.told("小明") == (
        "有人举报你违反公约第 2 条「不发广告。」，管理员认为成立：已提醒 ta"
    )
    assert "小红" not in club.told("小明")
    assert club.says(ADMIN, "#处理 R1 不成立 又想了想") == "R1 已经处理过了（成立），没有改动。"
    assert club.says(ADMIN, "#处理", private=True) == "没有等着处理的举报。"


@pytest.mark.both_databases
def test_a_removal_answers_the_reports_about_him(club: Chat) -> None:
    club.says("小红", "#举报 第2条 @小明 昨晚连发五条广告", private=True)
    club.says(ADMIN, "#移除 @小明 第2条 屡教不改")
    assert club.told("小红") == "你的举报 R1 处理完了，成立：已移出社群"
    assert club.says(ADMIN, "#处理", private=True) == "没有等着处理的举报。"


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("#举报", "要写明依据公约第几条"),
        ("#举报 第9条 乱来", "公约没有第 9 条"),
        ("#举报 第2条", "发生了什么？"),
        ("#举报 第2条 @小红 自己", "不能举报自己"),
        ("#举报 第2条 " + "长" * 501, "超出 1 字"),
    ],
)
def test_a_report_that_says_too_little(club: Chat, said: str, part: str) -> None:
    assert part in club.says("小红", said, private=True)
    assert club.heard(ADMIN_GROUP) == ""


@pytest.mark.both_databases
def test_reports_are_private_limited_and_decided_by_others(club: Chat) -> None:
    assert "只能私聊用" in club.says("小红", "#举报 第2条 @小明 广告")
    assert "没写 @谁，或没认出来" in club.says("小红", "#举报 第2条 群里有广告", private=True)
    for number in range(4):
        club.says("小红", f"#举报 第1条 第{number}件事", private=True)
    assert "一天最多举报 5 次" in club.says("小红", "#举报 第1条 又一件", private=True)
    assert "没有 R9" in club.says(ADMIN, "#处理 R9 成立 好")
    assert "没看懂" in club.says(ADMIN, "#处理 R1")
    assert "要写上说明" in club.says(ADMIN, "#处理 R1 成立")
    club.says(ADMIN, "#角色 @小红 管理员")
    assert "这条和你有关" in club.says("小红", "#处理 R1 成立 是我报的", private=True)
