"""What an approval begins, and what is known of somebody who applies again."""

import pytest

from community import roster
from community.covenant import Covenant
from community.roster import Entry
from community.terms import Terms
from storage.tables import Member
from tests.conversations.arriving import COMMENT
from tests.conversations.chat import ADMIN, ADMIN_GROUP, GROUP, Chat
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


def test_the_good_news_comes_before_the_covenant(club: Chat) -> None:
    applies(club)
    orders(club, "#通过 A1")
    news, covenant = club.told("小张").split("\n---\n")
    assert "通过了，欢迎" in news
    assert covenant.endswith(TEXT)


@pytest.mark.both_databases
def test_whom_qq_lets_in_gets_the_covenant_once_he_is_there(club: Chat) -> None:
    club.sits("小明")
    club.requests_to_join("张三", COMMENT)
    orders(club, "#通过 A1")
    club.passes(minutes=5)
    assert club.told("张三") == ""  # nobody can write to him yet
    club.joins("张三")
    assert TEXT in club.told("张三")
    club.passes(hours=1)
    club.leaves("张三")
    club.joins("张三")
    assert club.told("张三") == ""
    assert club.says("张三", "#同意", private=True).startswith("好，记下了")


def test_a_second_group_begins_no_second_clock(make_chat: ChatMaker) -> None:
    club = make_chat(terms=Terms(probation=True), groups=(GROUP, "onebot:101"))
    applies(club)
    orders(club, "#通过 A1")
    club.passes(days=10)
    club.requests_to_join("小张", "我来了", group="onebot:101")
    assert "还有 11 天" in orders(club, "#到场")


def test_who_goes_and_comes_again_keeps_his_days(club: Chat) -> None:
    applies(club)
    orders(club, "#通过 A1")
    club.joins("小张")
    club.passes(days=10)
    club.leaves("小张", by=ADMIN)
    club.requests_to_join("小张", "我回来了")
    orders(club, "#通过 A2")
    club.joins("小张")
    assert "还有 11 天" in orders(club, "#到场")


@pytest.mark.both_databases
def test_whoever_comes_back_after_quitting_begins_anew(club: Chat) -> None:
    applies(club)
    orders(club, "#通过 A1")
    club.passes(days=30)
    club.says("小张", "#退出 确认", private=True)
    applies(club)
    orders(club, "#通过 A2")
    assert "还有 21 天" in orders(club, "#到场")


@pytest.mark.parametrize("address", [None, "onebot:小张"])
def test_whoever_stood_on_the_roster_is_no_newcomer(club: Chat, address: str | None) -> None:
    with club.database.begin() as session:
        row = Entry(2, (address,) if address else (), {"name": "张三", "company": "人人网"})
        plan = roster.plan([row], roster.known(session, community_id="renren"))
        roster.apply(session, community_id="renren", plan=plan, now=club.clock.now())
    club.sits("小明")
    club.requests_to_join("小张", "姓名：张三；公司：人人网")
    if address:
        assert "ta 已经是成员（M1）" in club.heard(ADMIN_GROUP)
    orders(club, "#通过 A1")
    club.joins("小张")
    assert club.heard().startswith("欢迎 @张三 ！\n张三 · 人人网")
    assert TEXT in club.told("小张")
    assert orders(club, "#到场") == "没有还没到场的新人。"
    with club.scene() as scene:
        assert scene.session.get_one(Member, ("renren", 1)).own == []  # the admins vetted it


@pytest.mark.both_databases
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


@pytest.mark.both_databases
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
