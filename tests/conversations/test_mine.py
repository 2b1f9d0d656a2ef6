"""A member's own posts."""

import pytest

from tests.conversations.chat import OTHER_GROUP, Chat


def test_nothing_yet(chat: Chat) -> None:
    assert chat.says("张三", "#我的").startswith("你还没有进行中的")


@pytest.mark.both_databases
def test_numbers_kinds_and_last_days_of_what_runs(chat: Chat) -> None:
    chat.says("张三", "#求 二手投影仪")
    chat.says("张三", "#供 办公桌六张")
    chat.says("张三", "#求 显示器")
    chat.says("张三", "#done 3")
    chat.says("李四", "#求 咖啡机")
    chat.says("张三", "#求 咖啡机", group=OTHER_GROUP)
    assert chat.says("张三", "#mine").splitlines() == [
        "你进行中的（2 条）：",
        "#2 供给「办公桌六张」5月31日到期",
        "#1 需求「二手投影仪」3月9日到期",
        "办成 #搞定 2 · 撤下 #撤 2 · 再留 #续 2",
    ]


@pytest.mark.both_databases
def test_what_ran_out_lately_is_listed_apart(chat: Chat) -> None:
    chat.says("张三", "#求 二手投影仪")
    chat.passes(days=8)
    assert chat.says("张三", "#我的").splitlines()[:3] == [
        "你没有进行中的需求或供给。",
        "最近到期的：",
        "#1 需求「二手投影仪」",
    ]
    chat.passes(days=14)
    assert chat.says("张三", "#我的").startswith("你还没有进行中的")


def test_what_is_not_listed_is_told_of(chat: Chat) -> None:
    for number in range(23):
        chat.says("张三", f"#求 {'甲' * (number + 1)}")
    lines = chat.says("张三", "#我的").splitlines()
    assert (lines[0], lines[-2]) == (
        "你进行中的（23 条）：",
        "…… 还有更早的 3 条，私聊我发 #我的 能看到",
    )
    assert "#1 需求「甲」" in chat.says("张三", "#我的", private=True)
    chat.passes(days=8)
    assert "…… 还有 18 条" in chat.says("张三", "#我的")
