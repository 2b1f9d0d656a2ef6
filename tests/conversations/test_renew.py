"""Letting a post run on."""

import pytest

from tests.conversations.chat import Chat

NEED = "#求 二手投影仪"
OFFER = "#供 二手投影仪"


def test_a_need_near_its_end_runs_another_week(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=6)
    assert chat.says("张三", "#续 1") == "#1 需求「二手投影仪」续到3月15日。"
    assert chat.post().bumps == 1
    assert chat.post().notice_at is not None


@pytest.mark.parametrize(
    "text",
    [
        "#续 3 天",
        "#续 3天",
        "#续 1 3 天",
        "#续 1 再三天吧",
        "#续 一周",
        "#续 #1 两个星期。",
        "#续 3 天，谢谢",
        "#续 3 天可以吗",
        "#续3天",
        "#续一周",
        "#续 3 天左右吧",
        "#续1 7天",
    ],
)
def test_a_time_is_no_number(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("李四", "#求 咖啡机")
    chat.says("李四", "#求 打印机")
    chat.passes(days=6)
    assert chat.says("张三", text) == "#1 需求「二手投影仪」续到3月15日。"


def test_who_has_several_is_asked_although_a_time_is_named(chat: Chat) -> None:
    for what in ("投影仪", "咖啡机", "打印机"):
        chat.says("张三", f"#求 {what}")
    chat.passes(days=6)
    said = chat.last_id
    assert chat.says("张三", "#续 3 天", quote=said).startswith("#3 ")  # his last message
    assert chat.says("张三", "#续 2 天").startswith("是哪一条？")
    assert chat.says("张三", "#续 1000 天").startswith("是哪一条？")
    assert chat.says("张三", "#续 2").startswith("#2 ")


@pytest.mark.both_databases
def test_by_a_word_under_the_notice(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=6)
    assert "#1 " in chat.told("张三")
    assert chat.says("张三", "续", quote=chat.reply_id, private=True).startswith("#1 ")


@pytest.mark.parametrize(
    "word",
    ["续 7天", "续7天", "再续 7 天吧", "续一周，谢谢", "续期三个月", "还要", "再留一阵", "留着吧"],
)
def test_a_time_behind_the_word_and_the_notice_s_own_words(chat: Chat, word: str) -> None:
    chat.says("张三", NEED)
    chat.says("李四", "#求 咖啡机")
    chat.passes(days=7)
    notice = next(
        sent.message_id for action, sent in chat.channel.done if action.target == "onebot:张三"
    )
    assert "续到" in chat.says("张三", word, quote=notice, private=True)


@pytest.mark.parametrize("word", ["还要", "留着", "再留一阵"])
def test_such_words_are_chatter_elsewhere(chat: Chat, word: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", word, quote=chat.reply_id) == ""
    assert chat.says("李四", word, quote=chat.reply_id) == ""
    chat.says("张三", "#改 1 二手投影机", private=True)
    assert chat.says("张三", word, quote=chat.reply_id, private=True) == ""


@pytest.mark.parametrize("text", ["#续3天气预报", "#续7天酒店", "#续一周#"])
def test_a_topic_with_a_time_in_it_is_chatter(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.passes(days=6)
    assert chat.says("张三", text) == ""


@pytest.mark.parametrize(
    ("text", "days", "left"), [(NEED, 0, 6), (NEED, 5, 1), (OFFER, 0, 3), (OFFER, 2, 1)]
)
def test_not_too_soon(chat: Chat, text: str, days: int, left: int) -> None:
    chat.says("张三", text)
    chat.passes(days=days)
    assert chat.says("张三", "#续 1") == f"#1 刚发不久，{left} 天后再续；到期前我会提醒你。"
    assert chat.post().bumps == 0


def test_the_day_that_is_named_is_the_day(chat: Chat) -> None:
    chat.says("张三", NEED)
    for _ in range(2):
        chat.passes(days=5)
        assert "1 天后再续" in chat.says("张三", "#续 1")
        chat.passes(days=1)
        assert "续到" in chat.says("张三", "#续 1")
    assert chat.says("张三", "#续 1").startswith("#1 刚续过，6 天后再续")


def test_an_offer_every_three_days_and_five_times_at_most(chat: Chat) -> None:
    chat.says("张三", OFFER)
    for _ in range(5):
        chat.passes(days=3)
        assert "续到" in chat.says("张三", "#续 1")
    chat.passes(days=3)
    assert chat.says("张三", "#续 1") == "#1 已经续过 5 次了，有变化就重新发一条吧。"
    assert chat.post().bumps == 5


@pytest.mark.both_databases
def test_what_ran_out_is_found_again(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=10)
    assert chat.post().state == "expired"
    assert "#1 " not in chat.says("李四", OFFER)
    assert "续到3月19日" in chat.says("张三", "#续 1")
    assert chat.post().state == "active"
    assert "#1 " in chat.says("王五", OFFER)


def test_what_was_closed_is_not_renewed(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#done 1")
    assert chat.says("张三", "#续 1") == "#1「二手投影仪」已办成，没有改动。"


def test_others_may_not(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=6)
    assert "只有 ta 本人或管理员能改" in chat.says("李四", "#续 1")


def test_what_came_while_it_was_away_is_listed(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=7)
    chat.says("李四", OFFER)
    assert chat.called == []
    assert chat.says("张三", "#续 1") == (
        "#1 需求「二手投影仪」续到3月16日。\n可能帮得上：\n#2 李四：二手投影仪 · 因为：投影仪"
    )
    assert chat.called == []
    chat.passes(days=1)
    assert "#1 张三：二手投影仪" in chat.told("李四")
    assert chat.told("张三") == ""


def test_whose_card_has_come_to_fit_meanwhile_is_told_of_in_a_letter(chat: Chat) -> None:
    chat.says("张三", "#求 找人代理记账")
    chat.passes(days=7)
    chat.says("李四", "#名片 技能：代理记账、报税")
    chat.passes(minutes=11)
    assert chat.told("张三") == ""
    assert chat.says("张三", "#续 1").endswith("。\n有可能合适的人，我稍后私下告诉你。")
    chat.passes(minutes=1)
    assert "\n李四 · 因为：" in chat.told("张三")
    chat.passes(days=6)
    assert chat.says("张三", "#续 1") == "#1 需求「找人代理记账」续到3月22日。"


@pytest.mark.both_databases
def test_whoever_was_told_before_it_ran_out_is_no_news(chat: Chat) -> None:
    chat.says("张三", "#求 找人代理记账")
    chat.says("李四", "#名片 技能：代理记账、报税")
    chat.passes(minutes=11)
    assert "李四" in chat.told("张三")
    chat.says("王五", "#订阅 记账")
    chat.passes(days=7)
    assert chat.says("张三", "#续 1") == "#1 需求「找人代理记账」续到3月16日。"
    assert "你订阅的「记账」" in chat.told("王五")
    chat.passes(days=1)
    assert chat.told("张三") == ""
