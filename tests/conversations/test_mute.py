"""Not being called any more."""

import pytest

from tests.conversations.chat import Chat


@pytest.mark.both_databases
def test_one_word_is_enough(chat: Chat) -> None:
    assert chat.says("小明", "#勿扰") == (
        "好，不再 @ 你了，后来的匹配也不再私下告诉你。"
        "你发的需求和供给照常登记、照常匹配，订阅的内容照常告诉你。"
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
    assert chat.says("小明", "勿扰", quote=chat.reply_id).startswith("好，不再 @ 你了，")


@pytest.mark.parametrize(
    "text",
    ["关了吧", "关掉。", "关 谢谢", "取消一下", "请关闭", "off!", "关闭勿扰", "解除吧", "先关了"],
)
def test_back_again_in_other_words(chat: Chat, text: str) -> None:
    chat.says("小明", "#勿扰")
    assert chat.says("小明", f"#勿扰 {text}") == "好，有合适的会再 @ 你。"


@pytest.mark.parametrize("text", ["怎么关", "什么时候取消的？", "关不掉吗", "不要关"])
def test_a_question_changes_nothing(chat: Chat, text: str) -> None:
    assert chat.says("小明", f"#勿扰 {text}") == (
        "没看懂，没有改动。不想被 @，只发 #勿扰；要恢复，发 #勿扰 关。"
    )
    assert chat.says("小明", "#勿扰").startswith("好，不再 @ 你了，")


@pytest.mark.parametrize("text", ["开", "谢谢", "别再 @ 我了", "打开", "开启"])
def test_other_words_behind_it_mute_all_the_same(chat: Chat, text: str) -> None:
    assert chat.says("小明", f"#勿扰 {text}").startswith("好，不再 @ 你了，")
