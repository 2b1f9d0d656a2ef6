"""The bot keeps up with who is in the groups, and says nothing about it."""

import pytest

from community.updates import Seat, SeatsChanged
from tests.conversations.chat import GROUP, Chat, account

pytestmark = pytest.mark.both_databases


def test_member_lists_are_taken_over_in_silence(chat: Chat) -> None:
    chat.says("小明", "#名片")
    chat.sits("小明", "小红")
    assert chat.sent == []


def test_a_card_that_changes_is_the_name_that_others_find(chat: Chat) -> None:
    chat.says("小明", "#名片 公司 字节")
    chat.feed(
        SeatsChanged(
            channel="onebot:bot",
            key="card-1",
            time=chat.clock.now(),
            group=GROUP,
            seats=(Seat(account=account("小明"), name="小明", card="小明-拾光-摄影师"),),
        )
    )
    assert chat.says("小红", "#谁是 摄影师").startswith("小明（群名片：小明-拾光-摄影师）")
