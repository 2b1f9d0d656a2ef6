"""The end of a post's time, as its author hears of it."""

import pytest

from tests.conversations.chat import Chat

SOON = (
    "#1 需求「求一台咖啡机」还有 24 小时到期（3月9日 12:00）。"
    "引用这条回一个词：还要就回 续，办成了回 搞定，不要了回 撤。"
)
OVER = (
    "#1 需求「求一台咖啡机」到期了，已收起。"
    "引用这条回一个词：还要就回 续，办成了回 搞定，不要了回 撤。"
)


def test_a_need_is_announced_a_day_before_and_at_its_end(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=5, hours=23)
    assert chat.sent == []
    chat.passes(hours=1)
    assert chat.told("小明") == SOON
    assert chat.heard() == ""
    chat.passes(minutes=1)
    assert chat.sent == []
    chat.passes(days=1)
    assert chat.told("小明") == OVER
    chat.passes(days=30)
    assert chat.sent == []


def test_an_offer_also_a_week_before(chat: Chat) -> None:
    chat.says("小明", "#offer 转让一台咖啡机")
    chat.passes(days=82)
    assert chat.sent == []
    chat.passes(days=1)
    assert "还有 7 天到期" in chat.told("小明")


@pytest.mark.both_databases
def test_answering_a_notice_with_one_word(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=6)
    assert chat.says("小明", "续", quote=chat.reply_id, private=True)
    chat.passes(days=5)
    assert "#1" in chat.says("小红", "#找 咖啡机")
    chat.passes(days=1)
    assert chat.told("小明").startswith("#1 需求「求一台咖啡机」还有 24 小时到期")
    assert chat.says("小明", "搞定", quote=chat.reply_id, private=True)
    chat.passes(days=8)
    assert chat.sent == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("搞定了", "办成了"),
        ("办成了！", "办成了"),
        ("搞定，谢谢小红", "谢谢 小红"),
        ("搞定了谢谢小红", "谢谢 小红"),
        ("续谢谢", "续到"),
        ("撤了多谢", "撤下了"),
        ("续一下", "续到"),
        ("续期", "续到"),
        ("撤了吧", "撤下了"),
        ("不要了", "撤下了"),
        ("不要", "撤下了"),
        ("不需要了", "撤下了"),
        ("解决了", "办成了"),
        ("已完成", "办成了"),
    ],
)
def test_answering_as_people_talk(chat: Chat, text: str, said: str) -> None:
    chat.says("小红", "#帮助")
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=7)
    assert said in chat.says("小明", text, quote=chat.reply_id, private=True)


@pytest.mark.parametrize(("text", "tag"), [("续期", "续"), ("办成了", "搞定"), ("不准", "没用")])
def test_an_answer_that_means_nothing_there_is_told_a_command_that_there_is(
    chat: Chat, text: str, tag: str
) -> None:
    chat.says("小明", "#帮助")
    assert f"例如 #{tag} 12。" in chat.says("小明", text, quote=chat.reply_id)


def test_what_is_no_answer_gets_none(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    receipt = chat.reply_id
    assert chat.says("小明", "不要了", quote=receipt) == ""
    assert chat.says("小红", "不要", quote=receipt) == ""
    chat.says("小明", "#帮助", private=True)
    assert chat.says("小明", "不要了", quote=chat.reply_id, private=True) == ""


def test_answering_the_last_notice(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=7)
    assert chat.told("小明") == OVER
    notice = chat.reply_id
    assert chat.says("小红", "#找 咖啡机").startswith("没找到")
    assert chat.says("小明", "续", quote=notice, private=True)
    assert "#1" in chat.says("小红", "#找 咖啡机")


def test_the_command_alone_is_enough_when_one_has_run_out(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=7)
    assert chat.says("小明", "#续", private=True) == "#1 需求「求一台咖啡机」续到3月16日。"
    chat.passes(days=7)
    chat.says("小明", "#求 一台打印机")
    chat.passes(days=7)
    assert "是哪一条？写上编号，例如 #续 2：" in chat.says("小明", "#续", private=True)
    chat.passes(days=15)
    assert chat.says("小明", "#续", private=True).startswith("你没有进行中的")


def test_nobody_is_told_at_night(chat: Chat) -> None:
    chat.passes(hours=11)  # 23:00
    assert "3月10日到期" in chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=6)
    assert chat.sent == []
    chat.passes(hours=9)
    assert "还有 24 小时到期（3月10日 08:00）" in chat.told("小明")
    chat.passes(days=1)
    assert chat.told("小明") == OVER


def test_what_was_renewed_often_enough_is_not_offered_to_be_renewed(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    for _ in range(5):
        chat.passes(days=6)
        assert "还要就回 续" in chat.told("小明")
        assert "续到" in chat.says("小明", "#续 1")
    how = "续过 5 次了，还要就重新发一条；办成了引用这条回 搞定，不要了回 撤。"
    chat.passes(days=6)
    assert chat.told("小明").endswith(f"（4月8日 12:00）。{how}")
    chat.passes(days=1)
    assert chat.told("小明") == f"#1 需求「求一台咖啡机」到期了，已收起。{how}"
    told = chat.says("小明", "还要", quote=chat.reply_id, private=True)
    assert told == "#1 已经续过 5 次了，有变化就重新发一条吧。"
    assert "顶上来" in chat.says("小明", "#need 求一台咖啡机")


@pytest.mark.parametrize("text", ["还没找到，再留几天", "已经找到了", "帮我续一下", "1"])
def test_words_that_are_no_answer_to_a_notice_do_not_vanish(chat: Chat, text: str) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    for days, notice in ((6, SOON), (1, OVER)):
        chat.passes(days=days)
        answer = chat.says("小明", text, quote=chat.reply_id, private=True)
        how = notice.partition("。")[2]
        assert answer == f"这句我没听懂，#1 需求「求一台咖啡机」没有改动。{how}"
    assert "续到" in chat.says("小明", "续", quote=chat.reply_id, private=True)


def test_thanks_for_a_notice_and_words_under_an_old_one_are_chatter(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=6)
    notice = chat.reply_id
    assert chat.says("小明", "收到", quote=notice, private=True) == ""
    assert chat.says("小明", "#求找咖啡机", quote=notice, private=True).endswith("再发一次。")
    chat.says("小明", "搞定", quote=notice, private=True)
    assert chat.says("小明", "早就找到了", quote=notice, private=True) == ""
