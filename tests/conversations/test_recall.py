"""Messages that are taken back."""

import pytest

from community.rules import Limits
from tests.conversations.chat import Chat
from tests.conversations.conftest import ChatMaker


@pytest.mark.both_databases
def test_a_fresh_post_goes_with_its_message(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(minutes=10)
    chat.recalls("m1")
    assert chat.sent == []
    assert chat.says("小红", "#找 咖啡机").startswith("没找到")


@pytest.mark.parametrize("minutes", [1, 11])
@pytest.mark.parametrize("other", ["小红", "谁也不认识"])
def test_a_message_of_the_same_id_that_somebody_else_takes_back_leaves_it_alone(
    chat: Chat, other: str, minutes: int
) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.says("小红", "#帮助")
    chat.passes(minutes=minutes)
    chat.recalls("m1", of=other)
    assert chat.sent == []
    assert "#1" in chat.says("小红", "#找 咖啡机")


def test_it_does_not_count(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("小明", "#need 求一台咖啡机")
    chat.recalls("m1")
    assert "#2" in chat.says("小明", "#need 求一台投影仪")


def test_an_older_post_stays_and_its_author_is_told_alone(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(minutes=11)
    chat.recalls("m1")
    assert chat.heard() == ""
    assert chat.told("小明") == (
        "原消息撤回了，#1 需求「求一台咖啡机」还留着。不要了，引用这条回 撤；要留着就不用管。"
    )
    assert "#1" in chat.says("小红", "#找 咖啡机")


def test_a_closed_post_is_no_longer_spoken_of(chat: Chat) -> None:
    chat.says("小明", "#need 求一台咖啡机")
    chat.passes(days=8)
    chat.recalls("m1")
    assert chat.sent == []


def test_chatter_may_be_taken_back(chat: Chat) -> None:
    chat.says("小明", "今天好热")
    chat.recalls("m1")
    assert chat.sent == []
