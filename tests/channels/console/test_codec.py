"""Typed lines in, printed lines out: no streams needed."""

from datetime import UTC, datetime

import pytest

from bot.channels.console.codec import Speaker, parse, render, to_message
from community.actions import Image, Mention, Send, Text

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LAST = Speaker("赵六")

LINES = [
    ("张三: #need 找合伙人\n", Speaker("张三"), "#need 找合伙人"),
    ("张三：#need 找合伙人\r\n", Speaker("张三"), "#need 找合伙人"),
    ("\ufeff张三:#need 找合伙人", Speaker("张三"), "#need 找合伙人"),
    ("  张三 : #need", Speaker("张三"), "#need"),
    ("陈建国-某公司-CTO: 早", Speaker("陈建国-某公司-CTO"), "早"),
    ("小王（北京）: 早", Speaker("小王（北京）"), "早"),
    ("张三（私聊）: #帮助", Speaker("张三", private=True), "#帮助"),
    ("张三(私聊)：#帮助", Speaker("张三", private=True), "#帮助"),
    ("李四:", Speaker("李四"), ""),
    ("#need 找人：懂跨境电商", LAST, "#need 找人：懂跨境电商"),
    ("＃求 城市:北京", LAST, "＃求 城市:北京"),
    ("@李四: 你好", LAST, "@李四: 你好"),
    ("https://example.com", LAST, "https://example.com"),
    ("10:30 开会", LAST, "10:30 开会"),
    ("10001: 早", Speaker("10001"), "早"),
    ("好的", LAST, "好的"),
    ("张三: #名片\\n公司：某某\\n职务：经理", Speaker("张三"), "#名片\n公司：某某\n职务：经理"),
    ("", LAST, ""),
    ("名" * 31 + ": 太长", LAST, "名" * 31 + ": 太长"),
]


@pytest.mark.parametrize(("line", "speaker", "text"), LINES)
def test_who_says_what(line: str, speaker: Speaker, text: str) -> None:
    assert parse(line, LAST) == (speaker, text)


def test_private_stays_private_until_somebody_is_named() -> None:
    speaker, _ = parse("张三（私聊）: #帮助", LAST)
    speaker, text = parse("#我的", speaker)
    assert (speaker, text) == (Speaker("张三", private=True), "#我的")
    assert parse("张三: 回来了", speaker)[0] == Speaker("张三")


MENTIONS = [
    ("@李四 你看", "@李四 你看", ["console:李四"], False),
    ("谢谢@李四", "谢谢@李四", ["console:李四"], False),
    ("@李四，@王五 @李四", "@李四，@王五 @李四", ["console:李四", "console:王五"], False),
    ("@老友 #help", "#help", [], True),
    ("#done 12 @李四 @老友", "#done 12 @李四", ["console:李四"], True),
    ("写信到 a@b.c", "写信到 a@b.c", [], False),
    ("@所有人 开会", "@所有人 开会", [], False),
    ("@ 李四", "@ 李四", [], False),
]


@pytest.mark.parametrize(("typed", "text", "accounts", "to_bot"), MENTIONS)
def test_every_at_is_a_real_one(typed: str, text: str, accounts: list[str], to_bot: bool) -> None:
    message = to_message(Speaker("张三"), typed, key="k", time=NOW)
    assert message.text == text
    assert [one.account for one in message.mentions] == accounts
    assert [f"console:{one.name}" for one in message.mentions] == accounts
    assert message.to_bot is to_bot


def test_a_group_message_and_a_private_one() -> None:
    public = to_message(Speaker("张三"), "早", key="k1", time=NOW)
    assert (public.group, public.key, public.message_id) == ("console:main", "k1", "k1")
    assert (public.sender.account, public.sender.shown, public.time) == (
        "console:张三",
        "张三",
        NOW,
    )
    private = to_message(Speaker("张三", private=True), "早", key="k2", time=NOW)
    assert private.group is None
    assert private.sender == public.sender


def said(*segments: Text | Mention | Image) -> Send:
    return Send(group="console:main", segments=segments)


def test_each_message_is_one_block() -> None:
    text = "记下了 #12\n\n#7 李四\n  因为 跨境电商 \n"
    assert render(said(Text(text=text))) == "老友: 记下了 #12\n\n  #7 李四\n    因为 跨境电商\n"


def test_where_the_bot_speaks_is_shown() -> None:
    words = (Text(text="好"),)
    assert render(Send(account="console:张三", segments=words)) == "老友 → 张三: 好\n"
    assert render(Send(group="console:admins", segments=words)) == "老友（admins）: 好\n"


def test_mentions_and_pictures_are_words() -> None:
    mention = Mention(account="console:李四", name="李四")
    nameless = Mention(account="console:王五", name="")
    send = said(mention, Text(text="和"), nameless, Image(source="https://x/y.png"))
    assert render(send) == "老友: @李四 和@王五 [图片]\n"


def test_colours_only_where_they_are_wanted() -> None:
    send = said(Mention(account="console:李四", name="李四"), Text(text="你好"))
    assert "\x1b" not in render(send)
    assert render(send, colour=True) == "\x1b[1;32m老友:\x1b[0m \x1b[36m@李四\x1b[0m 你好\n"


def test_members_cannot_steer_the_terminal() -> None:
    evil = "\x1b]0;x\x07\x1b[2J好\r人\x9b1m\t了"
    assert render(said(Text(text=evil))) == "老友: ]0;x[2J好人1m\t了\n"
    assert "\x1b" not in render(said(Mention(account="console:x", name="\x1b[2J")))
