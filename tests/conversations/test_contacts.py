"""The bot is asked into a group, and to be somebody's contact."""

import pytest

from community.actions import AnswerRequest
from community.updates import BotInvited
from tests.conversations.arriving import answers
from tests.conversations.chat import GROUP, Chat, account


def test_the_bot_comes_where_the_configuration_wants_it(chat: Chat) -> None:
    chat.feed(
        BotInvited(
            channel="onebot:bot",
            key="i1",
            time=chat.clock.now(),
            group=GROUP,
            account=account("路人"),
            flag="f9",
        )
    )
    [action] = chat.did
    assert isinstance(action, AnswerRequest)
    assert (action.kind, action.group, action.flag, action.approve) == ("invite", GROUP, "f9", True)


def test_a_member_becomes_a_contact_without_further_ado(club: Chat) -> None:
    club.says("小明", "#名片 公司 字节")
    club.befriends("小明")
    assert answers(club) == [(True, "flag-3", "")]
    assert club.sent == []


@pytest.mark.both_databases
def test_a_stranger_to_several_communities_becomes_a_contact_and_is_asked_which(chat: Chat) -> None:
    chat.befriends("刘洋", "你好，加一下")
    assert answers(chat) == [(True, "flag-1", "")]
    assert chat.told("刘洋") == "我在几个社群里：老友记、别家。想加入哪个？例如发 #申请 老友记"
    assert chat.says("刘洋", "你猜", private=True) == ""
    assert chat.says("刘洋", "我想加入别家", private=True).startswith("申请加入「别家」")
    assert chat.says("刘洋", "刘洋", private=True).startswith("2/10 ")


@pytest.mark.both_databases
def test_a_stranger_who_names_the_community_gets_its_form(chat: Chat) -> None:
    chat.befriends("刘洋", "我是刘洋，想加入老友记")
    assert answers(chat) == [(True, "flag-1", "")]
    assert chat.told("刘洋").startswith("申请加入「老友记」")
    assert chat.told("刘洋").endswith("2/10 你在哪家公司（或组织）待过？写和这个社群有关的那家。")
