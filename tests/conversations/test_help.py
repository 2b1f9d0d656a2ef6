"""How the bot is used."""

from handlers.framework.discovery import discover
from tests.conversations.chat import Chat


def test_short_in_the_group(chat: Chat) -> None:
    lines = chat.says("小明", "#帮助").splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("#求 ")
    assert lines[1].startswith("#供 ")
    assert all(" — " in line and "（" not in line for line in lines[:5])
    assert lines[5] == "全部用法：私聊我发 #帮助；看一条：#帮助 订阅"


def test_full_in_private(chat: Chat) -> None:
    chat.says("小明", "#help")
    told = chat.says("小明", "#help", private=True)
    for feature in discover().all:
        if feature.commands and not feature.admin:
            assert feature.usage in told
            assert feature.summary in told


def test_one_command(chat: Chat) -> None:
    for asked in ("订阅", "#订阅", "follow", "＃Follow"):
        assert chat.says("小明", f"#帮助 {asked}") == (
            "有人发相关内容就告诉你；#订阅 看清单\n"
            "用法：#订阅 跨境电商、Java 后端\n"
            "写法：#follow #订阅"
        )


def test_one_command_that_can_be_an_answer(chat: Chat) -> None:
    assert chat.says("小明", "#帮助 勿扰").endswith(
        "写法：#mute #勿扰；引用我的消息时可以只回 勿扰"
    )


def test_an_unknown_command(chat: Chat) -> None:
    assert chat.says("小明", "#帮助？") == chat.says("小明", "#帮助")
    assert chat.says("小明", "#帮助 跳舞") == "没有「跳舞」这个指令。发 #帮助 看全部。"


def test_chatter_gets_no_answer(chat: Chat) -> None:
    assert chat.says("小明", "谁能帮助我一下") == ""
    assert chat.sent == []


def test_a_forgotten_blank_is_told_in_private_and_is_a_topic_in_a_group(chat: Chat) -> None:
    chat.says("小明", "#帮助")
    for text, word in (
        ("#求找一个会计", "求"),
        ("＃订阅跨境电商、Java", "订阅"),
        ("#勿扰关", "勿扰"),
    ):
        told = f"「#{word}」后面要空一格我才认得，请空一格再发一次。"
        assert chat.says("小明", text, private=True) == told
        assert chat.says("小明", text) == ""
    for text in ("求找一个会计", "#", "#needle thread", "#跳舞", "#通过了面试"):
        assert chat.says("小明", text, private=True) == ""
    assert chat.says("路人", "#求找一个会计", private=True) == ""


def test_a_word_that_should_have_quoted_is_answered_in_private(chat: Chat) -> None:
    chat.says("小明", "#求 一台咖啡机")
    chat.passes(days=7)
    for text, instead in (("续", "，或者发 #续 加编号"), ("勿扰", "，或者发 #勿扰"), ("不要", "")):
        assert chat.says("小明", text, private=True) == (
            f"光说「{text}」我不知道指什么：引用我那条消息再回{instead}。"
        )
    for text, instead in (("续 1", "#续 1"), ("搞定1", "#搞定 1"), ("不准 1", "#没用 1")):
        told = f"前面加上 # 我才认得：{instead}"
        assert chat.says("小明", text, private=True) == told
    assert chat.says("小明", "续") == ""
    assert chat.says("小明", "#续", private=True).startswith("#1 ")
    for text in ("通过", "续一下", "谢谢", "好"):
        assert chat.says("小明", text, private=True) == ""
