"""How the community is doing, in words."""

import pytest

from tests.conversations.chat import OTHER_GROUP, Chat

pytestmark = pytest.mark.both_databases


def test_an_empty_community(chat: Chat) -> None:
    assert chat.says("小明", "#统计") == (
        "老友记：成员 1 位\n现有需求 0 条、供给 0 条，近 7 天新发 0 条"
    )


def test_after_some_life(chat: Chat) -> None:
    chat.says("小明", "#need 求一台九成新的咖啡机")
    chat.says("小明", "#need 求一台投影仪")
    chat.says("小红", "#offer 转让一台九成新的咖啡机")
    chat.says("小明", "#done 1 @小红")
    assert chat.says("小明", "#stats") == (
        "老友记：成员 2 位\n"
        "参与者 2 位\n"
        "现有需求 1 条、供给 1 条，近 7 天新发 3 条\n"
        "近 30 天发的 3 条里，2 条有匹配或已办成（67%）\n"
        "一共办成 1 条，其中 1 条记下了帮忙的人\n"
        "帮忙最多：小红 1 次"
    )


def test_of_one_s_own_community_alone(chat: Chat) -> None:
    chat.says("小明", "#need 求一台九成新的咖啡机")
    assert chat.says("小王", "#统计", group=OTHER_GROUP).startswith("别家：成员 1 位\n现有需求 0")


def test_what_nobody_was_shown_is_no_match(chat: Chat) -> None:
    chat.says("王五", "#名片 技能：跨境电商、亚马逊运营")
    chat.says("王五", "#勿扰")
    answer = chat.says("张三", "#求 懂跨境电商、做过亚马逊运营的合伙人")
    assert "暂时没有合适的" in answer
    assert chat.says("张三", "#统计").endswith("近 30 天发的 1 条里，0 条有匹配或已办成（0%）")
