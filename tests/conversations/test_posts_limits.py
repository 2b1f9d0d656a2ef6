"""Posts that are too long, or too many for a day: they go back to their author."""

import pytest

from community.rules import Limits
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.conftest import ChatMaker

NEED = "#need 找一位懂跨境电商的合伙人"


def test_a_text_too_long_goes_back_in_private_with_the_overrun(chat: Chat) -> None:
    text = "机" * 1_837
    assert chat.says("张三", f"#求 {text}") == ""
    told = chat.told("张三")
    assert "超出 37 字" in told
    assert told.endswith(text)
    assert "超出 2 行" in (chat.says("张三", "#求 " + "行\n" * 20) or chat.told("张三"))
    assert "#1 " in chat.says("张三", "#求 " + "机" * 1_800)


def test_a_word_without_end_is_not_said_again_in_full(chat: Chat) -> None:
    assert f"\n关键词：{'a' * 35}… · " in chat.says("张三", "#求 " + "A" * 300)


@pytest.mark.both_databases
def test_the_longest_text_of_wide_signs_is_stored_as_written(chat: Chat) -> None:
    text = "求 𠮷野家 的 👨‍👩‍👧 券\n第二行"
    text += "𠮷" * (1_800 - len(text))
    assert "#1 " in chat.says("张三", f"#need {text}")
    assert chat.post(1).text == text


def test_more_posts_than_allowed_go_back_in_private(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=2))
    chat.says("张三", "#求 咖啡机")
    chat.says("张三", "#求 投影仪")
    assert chat.says("张三", "#求 显示器") == ""
    assert "今天已经发了 2 条" in chat.told("张三")
    assert chat.told("张三").endswith("显示器")
    assert chat.says("张三", "#求 咖啡机").startswith("和 #1 一样")
    assert chat.says("李四", "#求 显示器").startswith("已记下 #3")


def test_a_new_day_begins_at_midnight_where_the_community_lives(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("张三", "#求 咖啡机")  # at noon
    chat.passes(hours=11, minutes=59)
    assert chat.says("张三", "#求 投影仪") == ""
    chat.passes(minutes=1)
    assert chat.says("张三", "#求 投影仪").startswith("已记下 #2")


@pytest.mark.parametrize(("who", "limit"), [(ADMIN, 1), ("张三", 0)])
def test_admins_and_groups_without_a_limit_post_as_they_like(
    make_chat: ChatMaker, who: str, limit: int
) -> None:
    chat = make_chat(limits=Limits(posts_per_day=limit))
    chat.says(who, "#求 咖啡机")
    assert chat.says(who, "#求 投影仪").startswith("已记下 #2")


@pytest.mark.both_databases
def test_what_comes_back_can_be_shortened_and_sent_again_as_it_is(chat: Chat) -> None:
    chat.says("张三", f"#供 {'机' * 1_801}")  # his first command: refused, but he is known now
    given_back = chat.told("张三").partition("你的原文，改好再发：\n")[2]
    assert chat.says("张三", given_back[:-1], private=True).startswith("已记下 #1 供给")


def test_what_was_too_much_for_today_can_be_sent_tomorrow_as_it_is(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    given_back = chat.told("张三").partition("你的原文，明天可以再发：\n")[2]
    chat.passes(days=1)
    assert chat.says("张三", given_back).startswith("已记下 #2 需求：显示器")


def test_blank_lines_between_paragraphs_count_for_nothing(chat: Chat) -> None:
    paragraphs = "\n\n".join(f"第 {place} 段：要一台打印机" for place in range(1, 19))
    assert chat.says("张三", f"#求 {paragraphs}").startswith("已记下 #1")
    assert "超出 1 行" in (chat.says("李四", f"#求 {paragraphs}\n\n还有") or chat.told("李四"))
