"""Putting a post in other words."""

import pytest

from storage.queries.pool import matches
from tests.conversations.chat import ADMIN, Chat

NEED = "#求 二手投影仪"


@pytest.mark.parametrize(
    "text", ["#改 1 二手咖啡机", "#edit #1：二手咖啡机", "#改 ＃１\n二手咖啡机"]
)
def test_a_new_text_is_matched_anew(chat: Chat, text: str) -> None:
    chat.says("李四", "#供 二手咖啡机")
    chat.says("张三", NEED)
    chat.says("张三", text.replace("1", "2").replace("１", "２"))
    lines = chat.heard().splitlines()
    assert lines[0] == "改好了 #2 需求：二手咖啡机"
    assert any(line.startswith("#1 ") for line in lines)
    assert chat.post(2).text == "二手咖啡机"
    assert "#2 " not in chat.says("王五", "#供 二手投影仪")
    assert "#2 " in chat.says("王五", "#供 二手咖啡机")


def test_by_quoting(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert "咖啡机" in chat.says("张三", "#改 二手咖啡机", quote=chat.reply_id)
    assert chat.post().text == "二手咖啡机"


def test_a_number_in_the_new_text_is_no_post_s_under_a_quote(chat: Chat) -> None:
    chat.says("张三", NEED)
    receipt = chat.reply_id
    for text in ("#求 一号咖啡机", "#求 二号咖啡机"):
        chat.says("张三", text)
    assert chat.says("张三", "#改 3 台投影仪", quote=receipt).startswith("改好了 #1 ")
    assert chat.says("张三", "#改 1 三台投影仪", quote=receipt).startswith("改好了 #1 需求：三台")
    assert chat.says("张三", "#改 #2 打印机", quote=receipt).startswith("改好了 #2 ")
    assert chat.post(3).text == "二号咖啡机"


def test_the_number_may_run_into_the_word(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#改1 二手显示器").startswith("改好了 #1 ")


def test_the_tag_of_the_kind_is_no_part_of_the_text(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#改 1 #求 二手显示器").startswith("改好了 #1 需求：二手显示器")
    answer = "#1 是需求，改不成另一种：另发一条 #供。"
    assert chat.says("张三", "#改 1 #供 二手打印机") == answer
    assert chat.post().text == "二手显示器"


def test_the_number_is_taken_off_once(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#改 1 3 台投影仪")
    assert chat.post().text == "3 台投影仪"


def test_old_matches_are_forgotten_on_both_sides(chat: Chat) -> None:
    chat.says("李四", "#供 二手投影仪")
    chat.says("张三", NEED)
    chat.says("张三", "#改 2 儿童钢琴陪练")
    with chat.database.read() as session:
        for number in (1, 2):
            assert matches.of_post(session, community_id="renren", post_id=number) == []


@pytest.mark.both_databases
def test_nobody_is_called_twice_for_it(chat: Chat) -> None:
    chat.says("李四", "#供 二手投影仪")
    chat.says("张三", NEED)
    assert chat.called == ["李四"]
    chat.passes(days=2)
    assert "#1 李四：" in chat.says("张三", "#改 2 二手投影仪，便宜的")
    assert chat.called == []


def test_the_time_it_runs_stays(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=2)
    assert "3月9日到期" in chat.says("张三", "#改 1 二手咖啡机")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("#改", "改哪一条"),
        ("#改 二手咖啡机", "改哪一条"),
        ("#改 1", "新内容还没写"),
        ("#改 1 ！！", "还没写内容"),
        ("#改 9 二手咖啡机", "没有 #9"),
        ("#改 1 二手显示器", "这和 #2 一样了"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(chat: Chat, text: str, answer: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 二手显示器")
    assert answer in chat.says("张三", text)
    assert chat.post().text == "二手投影仪"


def test_a_text_too_long_goes_back_in_private(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#改 1 " + "机" * 1_801) == ""
    assert "超出 1 字" in chat.told("张三")
    assert "\n#改 1 机机" in chat.told("张三")
    assert chat.post().text == "二手投影仪"


@pytest.mark.both_databases
def test_others_may_not_but_admins_may(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert "只有 ta 本人或管理员能改" in chat.says("李四", "#改 1 二手咖啡机")
    chat.says(ADMIN, "#改 1 二手咖啡机")
    assert "管理员 管理员 改了你的 #1" in chat.told("张三")
    assert chat.post().author_id == 1


@pytest.mark.both_databases
def test_what_is_over_is_not_changed(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.passes(days=8)
    assert chat.says("张三", "#改 1 二手咖啡机") == "#1 已经到期，先发 #续 1，再改。"
    chat.says("张三", "#done 1")
    assert chat.says("张三", "#改 1 二手咖啡机") == "#1「二手投影仪」已办成，没有改动。"


@pytest.mark.parametrize("text", ["改成：二手咖啡机", "改成二手咖啡机", "改为 二手咖啡机"])
def test_what_it_becomes_is_the_text(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#改 1 {text}").startswith("改好了 #1 需求：二手咖啡机\n")


@pytest.mark.parametrize(
    "text",
    [
        "把投影仪改成咖啡机", "将「二手」去掉", "把二手删掉", "加一句 费用AA", "补充一下，预算 500",
        "投影仪换成咖啡机", "价格改成3000", "时间改到周日下午", "补充：预算 500",
    ],
)  # fmt: skip
def test_what_is_to_be_changed_within_it_does_not_replace_it(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#改 1 {text}") == (
        "没有改动：#改 会换掉整条，请写全，例如 #改 1 找一位懂日语的运营。"
    )
    assert chat.post().text == "二手投影仪"


def test_what_reads_like_it_and_is_none_does(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert "改好了" in chat.says("张三", "#改 1 把阳台改成书房的施工队")
    assert chat.post().text == "把阳台改成书房的施工队"


@pytest.mark.parametrize(
    "text", ["阳台改成书房，找施工队", "二手相机想换成投影仪", "改成：投影仪换成咖啡机"]
)
def test_a_text_may_tell_of_a_change(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert "改好了" in chat.says("张三", f"#改 1 {text}")
    assert chat.post().text == text.removeprefix("改成：")
