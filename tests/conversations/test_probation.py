"""Newcomers come to one event within three weeks."""

import pytest

from community.members.people import get_or_create_member
from community.membership import probation
from community.terms import Terms
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat
from tests.conversations.conftest import ChatMaker


@pytest.fixture
def club(make_chat: ChatMaker) -> Chat:
    return make_chat(terms=Terms(probation=True))


def approved(chat: Chat, *who: str) -> None:
    """Newcomers whose application was approved just now."""
    with chat.scene() as scene:
        for name in who:
            member = get_or_create_member(scene, account=f"onebot:{name}", name=name, card=name)
            probation.begin(scene, member=member)


def test_the_clock_reminds_and_then_asks_the_admins(club: Chat) -> None:
    approved(club, "小明", "小红")
    days, lists = [], []
    for day in range(1, 41):
        club.passes(days=1)
        if club.told("小明"):
            days.append(day)
        if club.heard(ADMIN_GROUP):
            lists.append((day, club.heard(ADMIN_GROUP)))
    assert days == [7, 14, 19]
    assert [day for day, _ in lists] == [21]
    assert "小明（M1）、小红（M2）" in lists[0][1]
    assert club.says("小明", "#求 一台投影仪").startswith("已记下")


def test_the_days_that_are_left(club: Chat) -> None:
    approved(club, "小明")
    club.passes(days=7)
    assert "还有 14 天" in club.told("小明")


@pytest.mark.both_databases
def test_whoever_came_is_left_in_peace(club: Chat) -> None:
    approved(club, "小明", "小红", "小刚")
    club.passes(days=8)
    assert club.says(ADMIN, "#到场 @小明 @小红") == "记下了：小明、小红 到场。"
    assert "试用期完成" in club.told("小明")
    assert club.says(ADMIN, "#到场", private=True) == (
        "还没参加过活动的新人：\n小刚（M3）：还有 13 天"
    )
    assert club.says(ADMIN, "#到场") == "新人的名单私聊发给你了。"
    assert club.says(ADMIN, "#到场 小明") == "以前就记过：小明。"
    club.passes(days=30)
    assert club.told("小明") == ""
    assert "小刚" in club.heard(ADMIN_GROUP)


@pytest.mark.parametrize("names", ["小明 小红", "小明、小红", "＠小明 ＠小红", "小红，M1，小明"])
def test_several_who_are_named_all_count(club: Chat, names: str) -> None:
    approved(club, "小明", "小红", "小刚")
    said = club.says(ADMIN, f"#到场 {names}")
    assert said.startswith("记下了：")
    assert "小明" in said
    assert "小红" in said
    told = club.says(ADMIN, "#到场 小刚 小张")
    assert told.startswith("没找到叫「小张」的成员")
    assert "小刚" in club.says(ADMIN, "#到场", private=True)


@pytest.mark.both_databases
def test_a_bot_that_was_off_reminds_once(club: Chat) -> None:
    approved(club, "小明")
    club.passes(days=15)
    assert club.told("小明").count("提醒一下") == 1
    club.passes(days=10)
    assert club.told("小明") == ""
    assert "小明" in club.heard(ADMIN_GROUP)


def test_old_members_have_no_clock(club: Chat) -> None:
    club.says("小明", "#帮助")
    club.passes(days=30)
    assert club.told("小明") == ""
    assert club.says(ADMIN, "#到场") == "没有还没到场的新人。"


def test_off_unless_the_community_wants_it(chat: Chat) -> None:
    approved(chat, "小明")
    chat.passes(days=30)
    assert chat.told("小明") == ""
    assert chat.says(ADMIN, "#到场 @小明").startswith("「老友记」没有开新人试用期")


def test_members_write_nothing_down(club: Chat) -> None:
    assert club.says("小红", "#到场 @小红") == "只有管理员和运营能用 #到场。"
