"""Somebody who is in several communities of one bot."""

import pytest

from tests.conversations.chat import OTHER_GROUP, Chat

pytestmark = pytest.mark.both_databases


@pytest.fixture
def known(chat: Chat) -> Chat:
    """小明 is in both, 小红 in one."""
    chat.says("小明", "#帮助", group=OTHER_GROUP)
    chat.says("小红", "#帮助")
    return chat


def test_what_comes_by_itself_says_which_it_is(known: Chat) -> None:
    known.says("小明", "#求 找人代理记账", private=True)
    known.says("小明", "#求 找人代理记账")
    known.says("小红", "#供 代理记账、报税", private=True)
    known.passes(minutes=1)
    assert known.told("小明").startswith("「老友记」你的 #1 需求「找人代理记账」，后来有这些")
    known.says("小红", "#求 咖啡机")
    known.says("小红", "#搞定 3 @小明")
    assert known.told("小明").startswith("「老友记」小红 说多亏你")
    known.passes(days=6)
    assert "「老友记」#1 需求「找人代理记账」还有 24 小时到期" in known.told("小明")
    assert "「别家」#1 需求「找人代理记账」还有 24 小时到期" in known.told("小明")


def test_who_is_in_one_is_not_bothered_with_its_name(known: Chat) -> None:
    known.says("小红", "#求 找人代理记账")
    known.passes(days=6)
    assert known.told("小红").startswith("#1 需求「找人代理记账」还有")
