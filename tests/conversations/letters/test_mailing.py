"""Letters that come by themselves, to those who asked for them."""

from datetime import UTC, datetime

import pytest

from community.due import Round
from community.mailing import preferences, ticking
from community.rules import Limits
from storage.tables import Member
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.letters.mailing import (
    NINE,
    WEB,
    only_mail,
    subjects,
    until,
    waiting,
    wants,
)


def test_a_match_at_once(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    token = wants(chat, "小明", alerts="now")
    chat.says("小红", "#求 租一台咖啡机")
    chat.passes(minutes=1)
    [send] = chat.letters
    assert send.target == "mail:小明@x.cn"
    assert (send.subject, send.signed) == ("老友记：1 条新的匹配", "老友记")
    assert send.text == (
        "你的 #1 供给「专业咖啡机出租」，新来的这些可能用得上：\n"
        "#2 需求「租一台咖啡机」— 小红 · 因为：咖啡机\n\n"
        f"在网页上看：{WEB}/c/renren\n改多久收一次：{WEB}/c/renren/me/mail"
    )
    assert send.unsubscribe == f"{WEB}/c/renren/unsubscribe/{token}"
    chat.passes(minutes=1)
    assert len(chat.letters) == 1
    assert waiting(chat) == 0  # and nothing of the letter is kept


def test_ones_own_doings_are_no_news(chat: Chat) -> None:
    chat.says("小红", "#求 租一台咖啡机")
    wants(chat, "小明", alerts="now")
    assert "#1" in chat.says("小明", "#供 专业咖啡机出租")
    chat.passes(minutes=1)
    assert chat.letters == []


def test_a_changed_post_is_told_once(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明", alerts="now")
    chat.says("小红", "#求 租一台咖啡机")
    chat.passes(minutes=1)
    chat.says("小红", "#改 2 租一台咖啡机，周末用")
    chat.passes(minutes=1)
    assert len(chat.letters) == 1


def test_a_changed_post_is_told_once_also_after_days_off(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明", alerts="weekly", digest="daily")
    until(chat, datetime(2026, 3, 7, 2, tzinfo=UTC))
    chat.says("小红", "#求 租一台咖啡机")
    until(chat, datetime(2026, 3, 9, 1, tzinfo=UTC))  # Monday, nine o'clock
    assert "1 条新的匹配" in subjects(chat)[-1]
    until(chat, datetime(2026, 3, 13, 3, tzinfo=UTC))
    chat.says("小红", "#续 2")
    chat.says("小红", "#改 2 租一台咖啡机，周末用")
    until(chat, datetime(2026, 3, 16, 2, tzinfo=UTC))
    assert len(subjects(chat)) == 1


def test_a_post_that_was_changed_before_the_letter_is_told(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明", alerts="daily")
    chat.says("小红", "#求 租一台咖啡机")
    chat.says("小红", "#改 2 租一台咖啡机，周末用")
    until(chat, NINE)
    assert subjects(chat) == ["老友记：1 条新的匹配"]


@pytest.mark.both_databases
def test_a_wish_and_a_profile(chat: Chat) -> None:
    chat.says("小明", "#订阅 仓库")
    chat.says("小明", "#名片 公司 某某律所 职位 知识产权律师")
    wants(chat, "小明", alerts="daily")
    only_mail(chat, "小明")
    chat.says("小红", "#供 郊区仓库一间")
    chat.says("小红", "#求 找一位知识产权律师")
    assert chat.letters == []
    until(chat, NINE)
    [send] = chat.letters
    assert send.subject == "老友记：2 条新的匹配"
    assert "这些可能要找你：\n#2 需求「找一位知识产权律师」— 小红 · 因为：" in send.text
    assert "你订阅的「仓库」：\n#1 供给「郊区仓库一间」— 小红" in send.text
    chat.passes(days=1)
    assert len(chat.letters) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("alerts", ["now", "daily"])
def test_an_older_post_that_comes_to_say_a_followed_word_is_told_once(
    chat: Chat, alerts: str
) -> None:
    chat.says("小红", "#求 一台打印机")
    chat.says("小明", "#订阅 仓库")
    wants(chat, "小明", alerts=alerts)
    only_mail(chat, "小明")
    chat.says("小刚", "#供 郊区仓库一间")
    until(chat, NINE)
    assert "#2 供给「郊区仓库一间」" in chat.letters[-1].text
    chat.says("小红", "#改 1 一台打印机，放在仓库里用")
    chat.says("小红", "#改 1 一台打印机，放在仓库里，要新的")
    chat.says("小刚", "#改 2 郊区仓库一间，便宜")
    chat.passes(days=1)
    assert len(chat.letters) == 2
    text = chat.letters[-1].text
    assert text.startswith("你订阅的「仓库」：\n#1 需求「一台打印机」— 小红\n\n")
    assert "#2" not in text
    chat.says("小红", "#改 1 一台打印机，放在仓库里，旧的也行")
    chat.passes(days=1)
    assert len(chat.letters) == 2


@pytest.mark.parametrize("end", ["#改 1 一台旧的打印机", "#撤 1"])
def test_a_post_that_says_a_followed_word_no_more_is_not_told(chat: Chat, end: str) -> None:
    chat.says("小红", "#求 一台打印机")
    chat.says("小明", "#订阅 仓库")
    wants(chat, "小明", alerts="daily")
    only_mail(chat, "小明")
    chat.says("小红", "#改 1 一台打印机，放在仓库里用")
    chat.says("小红", end)
    until(chat, NINE)
    assert chat.letters == []


def test_what_older_posts_came_to_say_before_letters_were_wanted_is_no_news(chat: Chat) -> None:
    chat.says("小红", "#求 一台打印机")
    chat.says("小明", "#订阅 仓库")
    wants(chat, "小明")
    only_mail(chat, "小明")
    chat.says("小红", "#改 1 一台打印机，放在仓库里用")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 2))
        assert (member.name, chat.letters) == ("小明", [])
        preferences.choose(scene, member=member, alerts="daily", digest="off")
    until(chat, NINE)
    assert chat.letters == []


@pytest.mark.parametrize("guest", [False, True])
def test_a_member_who_fits_is_named_to_members_alone(chat: Chat, *, guest: bool) -> None:
    chat.says("小明", "#求 找一位知识产权律师")
    wants(chat, "小明", alerts="daily")
    if guest:
        chat.says(ADMIN, "#角色 @小明 访客")
    only_mail(chat, "小明")
    chat.says("小红", "#名片 公司 某某律所 职位 知识产权律师")
    chat.passes(minutes=11)
    until(chat, NINE)
    assert [("小红" in one.text) for one in chat.letters] == ([] if guest else [True])


def test_a_wish_that_the_chat_has_told_is_not_told_again(chat: Chat) -> None:
    chat.says("小明", "#订阅 仓库")
    wants(chat, "小明", alerts="daily")
    chat.says("小红", "#供 郊区仓库一间")
    assert chat.called == ["小明"]
    until(chat, NINE)
    assert chat.letters == []


@pytest.mark.both_databases
def test_the_digest(chat: Chat) -> None:
    chat.says("小红", "#求 早就有的一条：投影仪")
    wants(chat, "小明", digest="daily")
    chat.says("小明", "#求 我自己的音响")
    chat.says("小红", "#求 租一辆面包车")
    chat.says("小红", "#求 一架旧钢琴")
    chat.says("小红", "#撤 4")
    until(chat, NINE.replace(hour=0, minute=59))
    assert chat.letters == []
    until(chat, NINE)
    [send] = chat.letters
    assert send.subject == "老友记：1 条新的需求和供给"
    assert send.text.startswith(
        "新的需求和供给，1 条：\n#3 需求「租一辆面包车」— 小红\n\n在网页上看"
    )
    chat.passes(days=1)
    assert len(chat.letters) == 1  # nothing new, no letter


def test_a_long_digest_leads_to_the_rest(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=WEB, limits=Limits(posts_per_day=0))
    wants(chat, "小明", digest="weekly")
    for number in range(23):
        chat.says("小红", f"#求 第{number}种东西 A{number}X")
    until(chat, NINE)
    assert chat.letters == []
    until(chat, datetime(2026, 3, 9, 1, 0, tzinfo=UTC))
    [send] = [one for one in chat.letters if "新的" in one.subject]
    assert send.text.count("— 小红") == 20
    assert send.text.index("#23 ") < send.text.index("#4 ")
    assert f"还有 3 条，在这里看：{WEB}/c/renren/find" in send.text


def test_matches_and_digest_in_one_letter(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明", alerts="daily", digest="daily")
    chat.says("小红", "#求 租一台咖啡机")
    chat.passes(days=3)  # the bot was off
    assert subjects(chat) == ["老友记：1 条新的匹配，1 条新的需求和供给"]


@pytest.mark.both_databases
def test_a_tick_that_runs_twice_writes_once(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    wants(chat, "小明", alerts="now", digest="daily")
    chat.says("小红", "#求 租一台咖啡机")
    chat.clock.time = NINE
    ticks = chat.new_ticks()
    assert ticks.mail() == {"mail:小明@x.cn"}
    assert ticks.mail() == set()
    assert waiting(chat) == 1


def test_a_minute_s_letters_are_written_in_steps(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.schedule.ticks.BATCH", 10)  # begins with one, then two
    monkeypatch.setattr("bot.schedule.ticks.MOST_AT_ONCE", 4)
    for who in "甲乙丙丁戊":
        wants(chat, who, digest="daily")
    chat.says("小红", "#求 租一辆面包车")
    chat.clock.time = NINE
    ticks = chat.new_ticks()
    assert [len(ticks.mail()) for _ in range(3)] == [4, 1, 0]


@pytest.mark.both_databases
def test_a_digest_for_many_takes_several_minutes(chat: Chat) -> None:
    for who in ("甲", "乙", "丙"):
        wants(chat, who, digest="daily")
    chat.says("小红", "#求 租一辆面包车")
    chat.clock.time = NINE
    rounds = []
    for _ in range(3):
        with chat.database.begin() as session:
            named = {one.id: one for one in chat.settings}
            turn = Round(session, named, chat.analyser, chat.clock.now(), 2)
            rounds.append(ticking.tick(turn))
    assert rounds == [2, 1, 0]
    assert waiting(chat) == 3


def test_what_was_there_before_is_no_news(chat: Chat) -> None:
    chat.says("小明", "#供 专业咖啡机出租")
    chat.says("小红", "#求 租一台咖啡机")
    wants(chat, "小明", alerts="daily", digest="daily")
    until(chat, NINE)
    assert chat.letters == []
