"""What a text says: quotes, calls by id and by text, what was typed."""

import pytest

from bot.channels.wechaty.content import Names, is_for_all, read
from bot.channels.wechaty.quotes import quote
from community.updates import Mentioned

NAMES = Names(
    own="wechaty:bot",
    mine=frozenset({"老友", "老友(助手)"}),
    others={
        "wechaty:a": "张三",
        "wechaty:b": "张三-腾讯",
        "wechaty:c": "C++(^_^",
        "wechaty:d": "Li Lei",
        "wechaty:e": "小王",
        "wechaty:f": "小王",
    },
)


@pytest.mark.parametrize(
    ("text", "typed", "called", "to_bot"),
    [
        ("@老友\u2005#求 法务", "#求 法务", [], True),
        ("@老友 #求 法务", "#求 法务", [], True),
        ("#求 法务 @老友", "#求 法务", [], True),
        ("@老友(助手)\u2005在吗", "在吗", [], True),
        ("@老友们 在吗", "@老友们 在吗", [], False),
        ("@张三\u2005看看", "@张三 看看", ["a"], False),
        ("@张三-腾讯\u2005看看", "@张三-腾讯 看看", ["b"], False),
        ("谢谢@C++(^_^\u2005和 @张三", "谢谢@C++(^_^ 和 @张三", ["c", "a"], False),
        ("@Li Lei\u2005#谁是", "@Li Lei\u2005#谁是", ["d"], False),
        ("@小王\u2005两个小王", "@小王 两个小王", [], False),
        ("邮箱 a@张三丰.cn", "邮箱 a@张三丰.cn", [], False),
        ("没有人", "没有人", [], False),
    ],
)
def test_calls_in_the_text(text: str, typed: str, called: list[str], to_bot: bool) -> None:
    content = read(text, None, NAMES)
    assert content.text == typed
    assert [one.account for one in content.mentions] == [f"wechaty:{who}" for who in called]
    assert content.to_bot is to_bot


def test_ids_of_the_gateway_count_more_than_the_text() -> None:
    content = read("@张三\u2005 看看", ["wechaty:b", "wechaty:bot", "wechaty:b"], NAMES)
    assert content.mentions == (Mentioned(account="wechaty:b", name="张三-腾讯"),)
    assert content.to_bot
    assert read("@张三 @老友 随便写的", [], NAMES).mentions == ()
    assert not read("@张三 @老友 随便写的", [], NAMES).to_bot


def test_a_word_to_all_is_to_nobody() -> None:
    assert is_for_all(["a", "b", "c", "bot"], 4)
    assert is_for_all(["a", "b", "c"], 4)
    assert not is_for_all(["a", "b"], 2)
    assert not is_for_all(["a", "b", "c"], 40)
    assert not is_for_all(["a", "b", "c"], 0)


def test_a_quote() -> None:
    text = "「张三：#求 找法务\n两年经验：最好」\n- - - - - - - - - - - - - - -\n#收"
    content = read(text, None, NAMES)
    assert content.text == "#收"
    assert content.quote is not None
    assert (content.quote.name, content.quote.text) == ("张三", "#求 找法务\n两年经验：最好")


@pytest.mark.parametrize(
    "text", ["「张三」说得好\n- - -\n是的", "「张三：在吗」", "「张三：在吗」\n没有横线\n好"]
)
def test_brackets_that_quote_nobody(text: str) -> None:
    assert read(text, None, NAMES).quote is None


def test_what_the_bot_quotes_can_be_read_again() -> None:
    content = read(f"{quote('张三', '#求 「法务」 ' + '长' * 50)}好的", None, NAMES)
    assert content.text == "好的"
    assert content.quote is not None
    assert content.quote.name == "张三"
    assert content.quote.text.startswith("#求 “法务” 长")
    assert len(content.quote.text) == 36
