"""Standing wishes, in words."""

import pytest

from tests.conversations.chat import Chat


def test_following_listing_unfollowing(chat: Chat) -> None:
    assert chat.says("小明", "#订阅").startswith("你还没有订阅。")
    assert chat.says("小明", "#订阅 跨境电商、Java 后端") == (
        "已订阅「跨境电商」「Java 后端」，有人发相关内容我就告诉你。不要了，发 #退订 加词。"
    )
    assert chat.says("小明", "#follow") == (
        "你订阅了：「跨境电商」「Java 后端」\n不要了，发 #退订 加词，或 #退订 全部。"
    )
    assert chat.says("小明", "#退订 跨境電商") == "已退订「跨境电商」。"
    assert chat.says("小明", "#unfollow 全部") == "已全部退订：「Java 后端」"
    assert chat.says("小明", "#退订 全部") == "你没有订阅任何词。"


def test_everybody_has_his_own(chat: Chat) -> None:
    chat.says("小明", "#订阅 咖啡机")
    assert chat.says("小红", "#订阅").startswith("你还没有订阅。")
    assert chat.says("小红", "#退订 咖啡机") == "你没有订阅「咖啡机」。你现在没有订阅。"


def test_words_that_cannot_be_followed(chat: Chat) -> None:
    assert chat.says("小明", "#订阅 合作") == (
        "「合作」太宽泛，订阅了也找不准；换个具体点的词，例如 #订阅 跨境电商。"
    )
    chat.says("小明", "#订阅 咖啡机")
    assert chat.says("小明", "#订阅 咖啡机、合作、投影仪").splitlines() == [
        "已订阅「投影仪」，有人发相关内容我就告诉你。不要了，发 #退订 加词。",
        "「咖啡机」早就订阅了。",
        "「合作」太宽泛，订阅了也找不准；换个具体点的词，例如 #订阅 跨境电商。",
    ]
    assert "一个词最多 30 字" in chat.says("小明", f"#订阅 {'咖啡' * 20}")


@pytest.mark.both_databases
def test_twenty_at_most(chat: Chat) -> None:
    words = "、".join(f"word{letter}" for letter in "abcdefghijklmnopqrstu")
    answer = chat.says("小明", f"#订阅 {words}")
    assert answer.endswith("「wordu」没加上：每人最多订阅 20 个，先退订几个。")
    assert chat.says("小明", "#订阅 咖啡机").startswith("「咖啡机」没加上")


def test_unfollowing_without_saying_what(chat: Chat) -> None:
    chat.says("小明", "#订阅 咖啡机")
    assert chat.says("小明", "#退订") == (
        "要退订哪个词？例如：#退订 跨境电商，或 #退订 全部。你订阅了：「咖啡机」"
    )
    assert chat.says("小明", "退订") == ""


def test_answering_what_was_told(chat: Chat) -> None:
    chat.says("小明", "#订阅 咖啡机、投影仪")
    chat.says("小红", "#offer 转让一台九成新的咖啡机，自提")
    receipt = chat.reply_id
    assert chat.says("小明", "退订", quote=receipt) == "已退订「咖啡机」。"
    assert chat.says("小明", "退订", quote=receipt).startswith("这条不是因为订阅告诉你的。")


def test_keywords_strung_together_by_blanks_learn_the_comma(chat: Chat) -> None:
    said = chat.says("王五", "#订阅 跨境电商 Java 后端 UI设计 深圳租房 报税 猎头 天使投资")
    assert said.endswith("太长，一个词最多 30 字；几个词用、隔开。")


def test_words_that_have_to_meet_are_told_to(chat: Chat) -> None:
    assert chat.says("小明", "#订阅 跨境电商 财税、Java 后端").splitlines() == [
        "已订阅「跨境电商 财税」「Java 后端」，有人发相关内容我就告诉你。不要了，发 #退订 加词。",
        "「跨境电商 财税」要同一条里都有才算；想各算各的，用、隔开再订阅。",
    ]


@pytest.mark.parametrize("text", ["会计/律师", "会计 和 律师", "1.会计 2.律师"])
def test_either_of_two(chat: Chat, text: str) -> None:
    assert chat.says("小明", f"#订阅 {text}").startswith("已订阅「会计」「律师」，")
    assert "@小明 你订阅的「会计」来了" in chat.says("小红", "#求 会计")


@pytest.mark.both_databases
def test_an_older_post_that_comes_to_say_it_is_told_once(chat: Chat) -> None:
    chat.says("张三", "#求 打印机一台")
    chat.says("王五", "#订阅 咖啡机")
    chat.sits("张三", "赵六", "刘七")
    chat.says("赵六", "#求 咖啡机一台")
    assert chat.told("王五").splitlines()[1].startswith("#2 ")
    chat.says("张三", "#改 1 咖啡机一台，能打奶泡")
    assert chat.told("王五").splitlines()[1].startswith("#1 ")
    chat.says("张三", "#改 1 咖啡机一台，能打奶泡，要新的")
    chat.says("赵六", "#改 2 咖啡机一台，便宜的")
    assert chat.told("王五") == ""
    chat.says("刘七", "#订阅 咖啡机")
    chat.says("张三", "#改 1 咖啡机一台，能打奶泡，二手也行")
    assert chat.called == ["刘七"]
    chat.says("张三", "#改 1 咖啡机一台，能打奶泡，旧的也行")
    assert chat.called == []
    assert chat.told("刘七") == ""
