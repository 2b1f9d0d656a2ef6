"""What an approval begins, and what is known of somebody who applies again."""

import pytest

from community.covenant import Covenant
from community.terms import Terms
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.vetting import applies, orders

TEXT = "第1条 待人以诚。\n第2条 不发广告。"


@pytest.fixture
def club(make_chat: ChatMaker) -> Chat:
    return make_chat(terms=Terms(covenant=Covenant(TEXT), probation=True))


def test_an_approved_newcomer_gets_the_covenant_and_three_weeks(club: Chat) -> None:
    applies(club)
    orders(club, "#通过 A1")
    assert TEXT in club.told("小张")
    assert club.says("小张", "#同意", private=True).startswith("好，记下了")
    assert "还有 21 天" in orders(club, "#到场")
    club.passes(days=7)
    assert "还有 14 天" in club.told("小张")


def test_whoever_quit_is_let_in_again_by_the_vetting(club: Chat) -> None:
    club.says("小张", "#帮助")
    club.says("小张", "#退出 确认")
    applies(club)
    card = orders(club, "#待审 A1")
    assert "以前是成员，自己退出的。" in card
    orders(club, "#通过 A1")
    assert club.says("小张", "#求 一台投影仪", private=True).startswith("已记下 #1")


def test_a_removal_stands_on_the_card(club: Chat) -> None:
    club.says("小张", "#帮助")
    club.says(ADMIN, "#移除 @小张 第2条 天天发广告")
    applies(club)
    assert "曾被移出：天天发广告" in orders(club, "#待审 A1")


def test_a_namesake_of_somebody_barred_is_pointed_out(club: Chat) -> None:
    club.says("老张", "#名片 姓名 张三")
    club.says(ADMIN, "#拉黑 @老张 第2条 卖假货")
    applies(club)
    assert "黑名单里有同名的人（2026-03-02，卖假货），请核对。" in orders(club, "#待审 A1")


def test_a_guest_becomes_a_member_by_approval(club: Chat) -> None:
    club.says("小张", "#帮助")
    club.says(ADMIN, "#角色 @小张 访客")
    applies(club)
    orders(club, "#通过 A1")
    assert club.says("小张", "#求 一台投影仪", private=True).startswith("已记下 #1")


def test_nothing_of_it_without_terms(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#通过 A1")
    assert "公约" not in chat.told("小张")
    chat.passes(days=30)
    assert chat.told("小张") == ""
    assert chat.heard(ADMIN_GROUP) == ""
