"""The configuration gives a group to another community, or takes it away."""

import pytest

from community.actions import Kick
from tests.conversations.chat import ADMIN, GROUP, OTHER_GROUP, Chat

pytestmark = pytest.mark.both_databases


@pytest.fixture
def moved(chat: Chat) -> Chat:
    """The group of one community has become one of the other."""
    chat.sits("小明", "小红", "小刚")
    chat.says("小明", "#供 跨境电商的咨询")
    chat.regroups(renren=(), other=(OTHER_GROUP, GROUP))
    return chat


def test_who_sits_in_it_is_known_to_the_new_community_alone(moved: Chat) -> None:
    moved.sits("小明", "小红", "小新")
    moved.says("小红", "#供 打印机", private=True)
    assert moved.says("小红", "#找 跨境电商", private=True).startswith("没找到")
    assert "#1 供给 小红：打印机" in moved.says("小新", "#找 打印机", private=True)


def test_newcomers_are_welcomed_there(moved: Chat) -> None:
    moved.joins("小新")
    assert "小新" in moved.heard()


def test_the_old_community_puts_nobody_out_of_it(moved: Chat) -> None:
    moved.says(ADMIN, "#移除 小明 广告", private=True)
    assert [action for action in moved.did if isinstance(action, Kick)] == []


def test_what_the_old_one_said_there_speaks_of_no_post_of_the_new_one(chat: Chat) -> None:
    chat.says("小明", "#求 投影仪")
    receipt = chat.reply_id
    chat.regroups(renren=(), other=(OTHER_GROUP, GROUP))
    chat.says("小明", "#求 咖啡机")
    assert chat.says("小明", "撤", quote=receipt).startswith("引用的这条没有对应的编号")
    assert "#1 需求「咖啡机」" in chat.says("小明", "#我的")


def test_a_group_that_is_let_go_makes_nobody_known(chat: Chat) -> None:
    chat.sits("小明", "小红")
    chat.regroups(renren=("onebot:101",))
    assert chat.says("小红", "#找 投影仪", private=True).startswith("我还不认识你")
    chat.regroups(renren=(GROUP,))
    chat.sits("小明", "小红")
    assert chat.says("小红", "#找 投影仪", private=True).startswith("没找到")
