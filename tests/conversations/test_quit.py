"""A member ends his membership, and comes back."""

import pytest

from tests.conversations.chat import ADMIN, GROUP, OTHER_GROUP, Chat


@pytest.mark.both_databases
def test_quitting_asks_once_and_withdraws_what_ran(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.says("小明", "#供 一台咖啡机")
    assert "确定就发 #退出 确认" in chat.says("小明", "#退出")
    assert chat.says("小明", "#我的").count("#") >= 2
    assert chat.says("小明", "#退出 确认").startswith("你已退出「老友记」，撤下了 2 条需求和供给")
    assert chat.says("小红", "#找 投影仪").startswith("没找到")


def test_an_outsider_gets_one_clear_sentence(chat: Chat) -> None:
    chat.says("小明", "#退出 确认")
    gone = "你已退出「老友记」，这个指令用不了。想回来，发 #申请 或联系管理员。"
    for command in ("#求 一台投影仪", "#找 投影仪", "#我的", "#谁是 小红", "#订阅 投影仪", "#退出"):
        assert chat.says("小明", command) == gone
    assert chat.says("小明", "#帮助") != gone
    assert "小明" in chat.says("小明", "#我的数据", private=True) + chat.told("小明")


def test_nobody_posts_for_an_outsider(chat: Chat) -> None:
    chat.says("小明", "#退出 确认")
    chat.says("小明", "我这里有闲置的办公椅转让")
    answer = chat.says("小红", "#收", quote=chat.last_id)
    assert answer == "小明 已经不是成员了，不能替 ta 登记。"
    assert "现有需求 0 条、供给 0 条" in chat.says("小红", "#统计")


def test_leaving_the_group_alone_changes_nothing(chat: Chat) -> None:
    chat.sits("小明", "小红")
    chat.says("小明", "#供 跨境电商的咨询")
    chat.sits("小红")
    assert "跨境电商" in chat.says("小红", "#找 跨境电商")
    assert "#1" in chat.says("小明", "#我的", private=True)


def test_sitting_in_the_group_does_not_bring_a_membership_back(chat: Chat) -> None:
    chat.sits("小明", "小红")
    chat.says("小明", "#退出 确认")
    chat.sits("小红")
    chat.sits("小明", "小红", group=GROUP)
    assert chat.says("小明", "#我的").startswith("你已退出")


def test_an_admin_can_take_somebody_back(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.says("小明", "#退出 确认")
    assert chat.says(ADMIN, "#解除 @小明") == "小明 已恢复成员资格，已经告诉 ta。"
    assert "恢复了你在「老友记」的成员资格" in chat.told("小明")
    assert chat.says("小明", "#求 一台咖啡机").startswith("已记下 #2")


def test_the_admin_of_the_configuration_cannot_quit(chat: Chat) -> None:
    assert chat.says(ADMIN, "#退出 确认").startswith("你是配置文件里的管理员")


def test_nobody_is_reminded_of_anything_after_quitting(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.says("小明", "#订阅 咖啡机")
    chat.says("小明", "#退出 确认")
    chat.says("小红", "#供 咖啡机一台")
    assert chat.told("小明") == ""
    chat.passes(days=8)
    assert chat.told("小明") == ""


@pytest.mark.both_databases
def test_whoever_quits_one_community_speaks_in_private_to_the_one_that_he_is_still_in(
    chat: Chat,
) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.passes(hours=1)
    chat.says("小明", "#帮助", group=OTHER_GROUP)
    chat.says("小明", "#退出 确认", group=OTHER_GROUP)
    assert "别家" in chat.says("小明", "#我的数据", private=True)
    assert "「一台投影仪」" in chat.says("小明", "#我的", private=True)
