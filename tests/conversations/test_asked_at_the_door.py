"""Who asked QQ to be let in, was asked something by its refusal, and then writes in private."""

import pytest

from community.actions import AnswerRequest
from tests.conversations.chat import Chat
from tests.conversations.vetting import orders

COMMENT = "我叫张三，人人网的"


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """The question stands in a refusal, so that no request waits any more."""
    chat.requests_to_join("小张", COMMENT, flag="f1")
    orders(chat, "#补充 A1 公司 人人网 的哪个部门？")
    assert [(one.flag, one.approve) for one in answers(chat)] == [("f1", False)]
    return chat


def answers(chat: Chat) -> list[AnswerRequest]:
    """What QQ was told in the last turn."""
    return [one for one in chat.did if isinstance(one, AnswerRequest)]


def answered(chat: Chat) -> None:
    """He befriends the bot by hand, and answers there."""
    assert chat.says("小张", "人人网广告部", private=True).endswith("有结果我会告诉你。")


@pytest.mark.both_databases
def test_the_good_news_comes_in_private(asked: Chat) -> None:
    answered(asked)
    assert orders(asked, "#通过 A1 公司 人人网") == "已通过 #A1 张三。"
    assert "#A1 通过了，欢迎。\n还没进群的话，在 QQ 里申请加群 100" in asked.told("小张")
    assert answers(asked) == []
    asked.requests_to_join("小张", "我又来了", flag="f2")
    assert [(one.flag, one.approve) for one in answers(asked)] == [("f2", True)]


def test_so_does_the_reason(asked: Chat) -> None:
    answered(asked)
    assert orders(asked, "#拒绝 A1 不认识") == "已拒绝 #A1。理由：不认识"
    assert "没有通过。原因：不认识" in asked.told("小张")
    assert answers(asked) == []


def test_so_does_the_next_question_once(asked: Chat) -> None:
    answered(asked)
    orders(asked, "#补充 A1 哪一年离开的？")
    assert asked.told("小张").count("哪一年离开的？") == 1
    asked.passes(days=1)
    assert "还没有回答，申请会作废" in asked.told("小张")


@pytest.mark.both_databases
def test_at_the_end_of_waiting_nothing_is_left_to_refuse(asked: Chat) -> None:
    asked.passes(days=7)
    assert answers(asked) == []
    assert asked.told("小张") == ""


@pytest.mark.both_databases
def test_who_cannot_be_told_comes_in_with_the_next_request(asked: Chat) -> None:
    said = orders(asked, "#通过 A1 公司 人人网")
    assert "#A1 的申请人现在联系不上，ta 再申请进群时我会直接放行。" in said
    assert answers(asked) == []
    asked.requests_to_join("小张", COMMENT, flag="f1")  # the old one, told again
    assert answers(asked) == []
    asked.requests_to_join("小张", "广告部", flag="f2")
    assert [(one.flag, one.approve) for one in answers(asked)] == [("f2", True)]


def test_admins_read_that_the_reason_reaches_nobody(asked: Chat) -> None:
    said = orders(asked, "#拒绝 A1 不认识")
    assert "#A1 的申请人现在联系不上，没能告诉 ta 理由。" in said
    assert answers(asked) == []


def test_nobody_is_said_to_be_asked_who_cannot_be(asked: Chat) -> None:
    said = orders(asked, "#补充 A1 哪一年离开的？")
    assert said.startswith("#A1 的申请人现在联系不上：上一个问题写在 QQ 的拒绝里")
    asked.requests_to_join("小张", "广告部", flag="f2")
    orders(asked, "#补充 A1 哪一年离开的？")
    assert [(one.flag, one.approve) for one in answers(asked)] == [("f2", False)]
