"""The same post again: the old one goes up, comes back, or has been too long ago."""

import pytest

from tests.conversations.chat import Chat

NEED = "#need 找一位懂跨境电商的合伙人"
OFFER = "#offer 做过三年亚马逊运营，跨境电商找合作"


@pytest.mark.both_databases
def test_the_same_again_bumps_the_old_post(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=3)
    reply = chat.says("张三", "#求：找一位懂跨境電商的合伙人！！")
    assert reply.startswith("和 #1 一样")
    assert "3月12日到期" in reply
    post = chat.post(1)
    assert (post.bumps, post.text) == (1, "找一位懂跨境電商的合伙人！！")
    assert "#2 " in chat.says("张三", "#offer 别的")


@pytest.mark.both_databases
def test_an_expired_post_comes_back_when_it_is_said_again(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=8)
    assert chat.post(1).state == "expired"
    assert chat.says("张三", NEED).startswith("和 #1 一样")
    assert "#1 " in chat.says("李四", OFFER)


@pytest.mark.parametrize("days", [13, 15])
def test_after_fourteen_days_the_same_is_a_new_post(chat: Chat, days: int) -> None:
    chat.says("张三", OFFER)
    chat.passes(days=days)
    reply = chat.says("张三", OFFER)
    assert reply.startswith("和 #1 一样" if days < 14 else "已记下 #2")


def test_the_same_words_of_another_or_of_the_other_kind_are_a_new_post(chat: Chat) -> None:
    chat.says("张三", "#求 二手投影仪")
    assert chat.says("李四", "#求 二手投影仪").startswith("已记下 #2")
    assert chat.says("张三", "#供 二手投影仪").startswith("已记下 #3")
