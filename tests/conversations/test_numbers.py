"""Which post is meant: by its number, however it is written, by quoting, or by being alone."""

import pytest

from tests.conversations.chat import OTHER_GROUP, Chat

NEED = "#求 二手投影仪"


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """张三 has asked for two things, #1 and #2."""
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    return chat


@pytest.mark.parametrize(
    "text",
    [
        "#done 1",
        "#搞定 #1",
        "＃完成＃１",
        "#已解决 1，谢谢大家",
        "#DONE 1",
        "#搞定 #1谢谢大家",
        "#搞定1",
        "#搞定 第1条",
        "#搞定 多谢各位 #1",
    ],
)
def test_by_number(asked: Chat, text: str) -> None:
    assert asked.says("张三", text) == "#1 需求「二手投影仪」办成了，真好。"
    assert (asked.post().state, asked.post(2).state) == ("done", "active")


@pytest.mark.parametrize("text", ["搞定", "完成！", "#搞定", "#done 多谢"])
def test_by_quoting_the_receipt(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    receipt = chat.reply_id
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", text, quote=receipt).startswith("#1 ")
    assert chat.post().state == "done"


@pytest.mark.parametrize("text", ["搞定1", "搞定 #1", "#搞定 1"])
def test_the_number_may_be_said_under_the_receipt_too(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", text, quote=chat.reply_id).startswith("#1 ")
    assert chat.post().state == "done"


@pytest.mark.parametrize("text", ["#搞定 @李四 1", "#搞定 @李四 #1", "#搞定1 @李四"])
def test_the_number_may_stand_behind_the_names(asked: Chat, text: str) -> None:
    assert "谢谢 李四" in asked.says("张三", text)
    assert (asked.post().state, asked.post(2).state) == ("done", "active")


@pytest.mark.parametrize(
    "text",
    ["#搞定 1谢谢@李四", "#搞定 1多亏了 @李四", "#搞定 #1已经好了，谢谢@李四"],
)
def test_what_is_said_may_run_into_the_number(asked: Chat, text: str) -> None:
    asked.sits("李四")
    assert "谢谢 李四" in asked.says("张三", text)
    assert (asked.post().state, asked.post(2).state) == ("done", "active")


WRONG = (
    "#搞定 @李四 99", "#撤 A1", "#撤 12345678901", "#续 #A9", "#撤 三", "#撤 第九条", "#撤回 三",
    "#撤 No.3", "#撤 编号3", "#撤 “3”", "#撤 （3）", "#撤 「3」", "#撤 ③", "#撤 -3", "#撤 #三",
    "#撤 三号", "#搞定 李四 8", "#撤 3和4", "#撤 三、四", "#没用 三", "#撤 两条", "#撤 三条",
    "#撤 2条", "#撤 1 条。", "#撤 这两条", "#搞定 2个", "#撤 第二个", "#没用 第二个",
    "#撤 3不要了", "#搞定 3谢谢 @李四", "#续 #3还没找到", "#搞定 1李四帮的忙", "#撤 2手书桌",
)  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_no_other_post_is_taken_for_a_number_that_is_wrong(chat: Chat, text: str) -> None:
    chat.says("李四", "#供 二手投影仪")
    chat.says("张三", NEED)
    assert "编号" in chat.says("张三", text)
    assert chat.post(2).state == "active"
    assert chat.says("张三", "#有用").startswith("记下了")


@pytest.mark.parametrize(
    "text",
    [
        "#撤 二",
        "#撤 第二条",
        "#撤 （２）",
        "#撤 “2”",
        "#撤 No.2",
        "#撤 编号2",
        "#撤 编号：#2",
        "#撤 二号",
    ],
)
def test_a_number_as_people_write_it(asked: Chat, text: str) -> None:
    asked.says("张三", "#求 键盘")
    assert asked.says("张三", text).startswith("#2 ")


@pytest.mark.parametrize(
    "text",
    [
        "1 #撤 2",
        "1和2",
        "1 和 2",
        "1-2",
        "1/2",
        "1跟2",
        "#1、#2",
        "第一条和第二条",
        "1 以及 2",
        "1.2",
        "1；2",
        "1;2",
        "1·2",
        "1 撤 2",
        "1, 然后2",
        "1再撤掉2",
        "一和二",
    ],
)
def test_of_several_numbers_none_is_passed_over(asked: Chat, text: str) -> None:
    assert asked.says("张三", f"#撤 {text}").startswith("一次只写一个编号，例如 #撤 ")
    asked.says("张三", "#撤 2")
    assert asked.says("张三", f"#撤 {text}").startswith("一次只写一个编号，例如 #撤 ")
    assert asked.post().state == "active"


@pytest.mark.parametrize(
    "text", ["3个地方都问到了", "第二天就找到了", "一直没人，算了", "十分感谢", "两家都谈妥了"]
)
def test_words_with_figures_are_no_number(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#撤 {text}").startswith("#1 ")


def test_by_quoting_one_s_own_message(chat: Chat) -> None:
    chat.says("张三", NEED)
    source = chat.last_id
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", "#搞定", quote=source).startswith("#1 ")


def test_the_only_one_needs_no_number_and_several_do(chat: Chat) -> None:
    assert "你没有进行中的" in chat.says("张三", "#done")
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", "#搞定 买到了").splitlines() == [
        "是哪一条？写上编号，例如 #搞定 2：",
        "#2 需求「显示器」",
        "#1 需求「二手投影仪」",
    ]
    chat.says("张三", "#done 2")
    assert chat.says("张三", "#搞定 3个地方都问到了").startswith("#1 ")


@pytest.mark.parametrize("number", ["99", "999999999", "0"])
def test_an_unknown_number_is_said(chat: Chat, number: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#done {number}").startswith(f"没有 #{int(number)} 这一条")


@pytest.mark.both_databases
def test_numbers_of_another_community_are_unknown(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#done 1", group=OTHER_GROUP).startswith("没有 #1")
    assert chat.post().state == "active"


def test_one_number_at_a_time(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#done 1 2") == "一次只写一个编号，例如 #done 1。"
    assert chat.post().state == "active"


def test_a_quoted_message_without_a_post_asks_for_the_number(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#帮助")
    assert "没有对应的编号" in chat.says("张三", "搞定", quote=chat.reply_id)
    assert chat.post().state == "active"
