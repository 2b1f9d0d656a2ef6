"""Whom a post calls: by budget, never against a wish, and followers first."""

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from community.rules import Limits, MatchingRules
from storage.tables import Member
from tests.conversations.chat import GROUP, Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.looking_back import NEED, SKILLS


def able(chat: Chat, *who: str) -> None:
    for name in who:
        chat.says(name, SKILLS)


def test_a_member_whose_profile_fits_is_called_with_the_reason_and_the_way_out(chat: Chat) -> None:
    able(chat, "王五")
    lines = chat.says("张三", NEED).splitlines()
    assert "@王五 你名片上的「跨境电商」对得上，能帮上忙吗？" in lines
    assert "（不想被 @，发 #勿扰）" in lines
    assert chat.called == ["王五"]
    assert len(chat.sent) == 1


def test_who_is_called_reads_what_he_can_do_and_not_where_he_is(chat: Chat) -> None:
    chat.says("王五", "#名片 职位：经纪人 行业：房产中介 简介：望京、西二旗一带的整租合租都熟")
    lines = chat.says("张三", "#求 找一个望京的短租一居").splitlines()
    assert "@王五 你名片上的「整租」对得上，能帮上忙吗？" in lines


def test_the_author_is_never_called(chat: Chat) -> None:
    able(chat, "张三")
    chat.says("张三", NEED)
    assert chat.called == []


def test_the_muted_are_never_called_and_hear_of_it_at_once(chat: Chat) -> None:
    able(chat, "王五")
    chat.says("王五", "#勿扰")
    chat.says("张三", NEED)
    assert chat.called == []
    chat.says("王五", "#勿扰 关")
    chat.says("李四", NEED)
    assert chat.called == ["王五"]


def test_an_author_listed_but_muted_is_named_without_a_mention(chat: Chat) -> None:
    chat.says("王五", "#供 做过三年亚马逊运营，跨境电商找合作")
    chat.says("王五", "#勿扰")
    assert "#1 王五：" in chat.says("张三", NEED)
    assert chat.called == []


def test_whoever_left_the_group_is_not_called(chat: Chat) -> None:
    able(chat, "王五", "赵六")
    chat.sits("张三", "赵六")
    chat.says("张三", NEED)
    assert chat.called == ["赵六"]


@pytest.mark.both_databases
def test_one_mention_a_day_and_three_a_week(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=0))
    able(chat, "王五")
    called = []
    for day in range(9):
        for asker in ("张三", "李四"):
            chat.says(asker, f"#求 跨境电商顾问，做过亚马逊运营，{'甲乙丙丁戊己庚辛壬'[day]}")
            called.append((day, chat.called))
        chat.passes(days=1)
    assert [day for day, who in called if who == ["王五"]] == [0, 1, 2, 7, 8]


def test_midnight_does_not_double_the_budget(chat: Chat) -> None:
    able(chat, "王五")
    chat.passes(hours=11, minutes=59)
    chat.says("张三", NEED)
    assert chat.called == ["王五"]
    chat.passes(minutes=2)
    chat.says("李四", NEED)
    assert chat.called == []


def test_a_budget_of_zero_is_no_limit(make_chat: ChatMaker) -> None:
    rules = MatchingRules(mentions_per_day=0, mentions_per_week=0)
    chat = make_chat(limits=Limits(posts_per_day=0), matching=rules)
    able(chat, "王五")
    for text in ("甲", "乙", "丙", "丁", "戊"):
        chat.says("张三", f"#求 跨境电商顾问，做过亚马逊运营，{text}")
        assert chat.called == ["王五"]


def test_at_most_so_many_for_one_post_even_when_it_is_said_again(chat: Chat) -> None:
    able(chat, "甲", "乙", "丙", "丁", "戊")
    chat.says("张三", NEED)
    assert len(chat.called) == 3
    chat.says("张三", NEED)
    assert chat.called == []


def test_saying_it_again_calls_those_who_came_since_and_nobody_twice(chat: Chat) -> None:
    able(chat, "甲")
    chat.says("张三", NEED)
    able(chat, "乙")
    chat.passes(days=2)
    chat.says("张三", NEED)
    assert chat.called == ["乙"]


def test_followers_come_first_and_cost_no_budget(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=0), matching=MatchingRules(max_mentions=1))
    able(chat, "王五")
    chat.says("赵六", "#订阅 跨境电商")
    for text in ("甲", "乙", "丙", "丁", "戊"):
        reply = chat.says("张三", f"#求 跨境电商顾问，做过亚马逊运营，{text}")
        assert chat.called == ["赵六"]
        assert "@赵六 你订阅的「跨境电商」来了" in reply
        assert "#勿扰" not in reply


def test_followers_beyond_the_mentions_hear_in_private(make_chat: ChatMaker) -> None:
    chat = make_chat(matching=MatchingRules(max_mentions=1))
    chat.says("赵六", "#订阅 跨境电商")
    chat.says("钱七", "#订阅 电商")
    chat.says("钱七", "#订阅 跨境电商")
    chat.says("张三", NEED)
    assert chat.called == ["赵六"]
    assert chat.told("赵六") == ""
    assert "#1 需求「找一位懂跨境电商、做过亚马逊运营的合伙人」— 张三" in chat.told("钱七")
    assert chat.told("钱七").count("#1 ") == 1


def test_followers_of_a_private_post_and_muted_ones_hear_in_private(chat: Chat) -> None:
    chat.says("赵六", "#订阅 跨境电商")
    chat.says("张三", "早上好")
    chat.says("张三", "#帮助")
    chat.says("张三", NEED, private=True)
    assert chat.called == []
    assert chat.heard(GROUP) == ""
    assert "#1 需求" in chat.told("赵六")
    chat.says("赵六", "#勿扰")
    chat.says("李四", NEED)
    assert chat.called == []
    assert "#2 需求" in chat.told("赵六")


@pytest.mark.both_databases
def test_nothing_is_told_twice_and_nobody_hears_of_himself(chat: Chat) -> None:
    chat.says("赵六", "#订阅 跨境电商")
    chat.says("赵六", NEED)
    assert chat.called == []
    assert chat.told("赵六") == ""
    chat.says("张三", NEED)
    assert chat.called == ["赵六"]
    chat.says("张三", NEED)
    assert (chat.called, chat.told("赵六")) == ([], "")


def test_inactive_members_are_not_called(chat: Chat) -> None:
    able(chat, "王五")
    chat.says("赵六", "#订阅 跨境电商")
    with chat.database.begin() as session:
        for number in (1, 2):
            session.get_one(Member, ("renren", number)).active = False
    chat.says("张三", NEED)
    assert chat.called == []
    assert chat.told("赵六") == ""


@pytest.mark.both_databases
def test_equals_take_turns(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=0), matching=MatchingRules(max_mentions=1))
    able(chat, "甲", "乙", "丙")
    called = []
    for day in range(6):
        chat.says("张三", f"#求 跨境电商顾问，做过亚马逊运营，{'子丑寅卯辰巳'[day]}")
        called += chat.called
        chat.passes(days=1)
    assert sorted(called) == ["丙", "丙", "乙", "乙", "甲", "甲"]
    assert called[:3] == called[3:]


def test_who_is_not_listed_is_called_for_what_he_posted_only(chat: Chat) -> None:
    able(chat, "王五")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        privacy.choose(scene, member=member, chosen=Privacy(listed=False))
    assert "王五" not in chat.says("张三", NEED)
    assert chat.called == []
    chat.says("王五", "#供 做过三年亚马逊运营，跨境电商找合作")
    chat.says("李四", NEED)
    assert "王五" in chat.called
