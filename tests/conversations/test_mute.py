"""Not being called any more."""

import pytest

from tests.conversations.chat import Chat


@pytest.mark.both_databases
def test_one_word_is_enough(chat: Chat) -> None:
    assert chat.says("小明", "#勿扰") == (
        "好，不再 @ 你了。你发的需求和供给照常登记、照常匹配，订阅的内容照常告诉你。"
        "要恢复，发 #勿扰 关。"
    )
    assert chat.says("小明", "#mute").startswith("勿扰已经开着，不会 @ 你。")
    assert chat.says("小明", "勿扰") == ""


def test_back_again(chat: Chat) -> None:
    chat.says("小明", "#勿扰")
    assert chat.says("小明", "#勿扰 关") == "好，有合适的会再 @ 你。"
    assert chat.says("小明", "#勿扰 取消") == "你没有开勿扰，有合适的会 @ 你。"


def test_answering_the_bot_with_the_word(chat: Chat) -> None:
    chat.says("小明", "#名片")
    assert chat.says("小明", "勿扰", quote=chat.reply_id).startswith("好，不再 @ 你了。")
