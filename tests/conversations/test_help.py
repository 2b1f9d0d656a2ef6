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
    assert chat.says("小明", "#帮助 跳舞") == "没有「跳舞」这个指令。发 #帮助 看全部。"


def test_chatter_gets_no_answer(chat: Chat) -> None:
    assert chat.says("小明", "谁能帮助我一下") == ""
    assert chat.sent == []
