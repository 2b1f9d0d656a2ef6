"""How often somebody applied counts on when he is erased, and begins anew."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from community.form import ApplicationRules
from storage.tables import Mark
from tests.conversations.chat import Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.erasing import WHO, asks, found, lives
from tests.conversations.vetting import ONE_LINE, applies, orders


def erases_himself(chat: Chat, who: str = "小张") -> str:
    """An applicant goes; gives the receipt."""
    chat.says(who, "#我的数据", private=True)
    return chat.says(who, f"#删除我的数据 {asks(chat, who)} 全删", private=True)


def tried(chat: Chat) -> list[tuple[int, int]]:
    """What is kept of the tries of those who were erased."""
    with chat.database.read() as session:
        kept = session.scalars(select(Mark).where(col(Mark.kind) == "tried"))
        return [(mark.tries, mark.sent) for mark in kept]


@pytest.mark.both_databases
def test_tries_that_came_to_nothing_count_on_after_an_erasure(make_chat: ChatMaker) -> None:
    chat = make_chat(application=ApplicationRules(warn_at=1, block_at=3))
    for number in (1, 2):
        applies(chat)
        orders(chat, f"#拒绝 A{number} 太笼统")
        receipt = erases_himself(chat)
        assert "留下的只有账号的摘要（认不出是谁）和次数，半年后删掉。这条回执" in receipt
        assert found(chat, "小张", "张三", "人人网") == []
    applies(chat)
    assert "2 次" in orders(chat, "#待审 A3")
    orders(chat, "#拒绝 A3 太笼统")
    assert "已经连着 3 次没有成功" in chat.says("小张", "#申请 老友记", private=True)
    erases_himself(chat)
    assert "已经连着 3 次没有成功" in chat.says("小张", "#申请 老友记", private=True)
    chat.passes(days=180)
    chat.new_ticks().prune()
    assert tried(chat) == []
    applies(chat)


def test_a_second_erasure_keeps_nothing_for_longer(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 太笼统")
    erases_himself(chat)
    chat.clock.advance(timedelta(hours=12))
    chat.says("小张", "#帮助")
    assert "和次数，半年后删掉" in erases_himself(chat)
    assert tried(chat) == [(1, 1)]
    chat.clock.advance(timedelta(hours=12))
    chat.new_ticks().prune()
    assert tried(chat) == [(1, 0)]
    chat.clock.advance(timedelta(days=178))
    chat.says("小张", "#申请 老友记", private=True)
    erases_himself(chat)
    assert tried(chat) == [(1, 0)]
    chat.clock.advance(timedelta(days=1))
    chat.new_ticks().prune()
    assert tried(chat) == []


@pytest.mark.both_databases
def test_a_try_after_an_erasure_counts_from_the_next(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 太笼统")
    erases_himself(chat)
    chat.clock.advance(timedelta(days=100))
    applies(chat)
    orders(chat, "#拒绝 A2 太笼统")
    erases_himself(chat)
    chat.clock.advance(timedelta(days=100))
    chat.new_ticks().prune()
    assert tried(chat) == [(2, 0)]


def test_who_is_let_in_begins_anew_after_an_erasure(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 太笼统")
    erases_himself(chat)
    assert tried(chat) == [(1, 1)]
    applies(chat)
    orders(chat, "#通过 A2")
    chat.passes(days=2)
    assert "算数" not in erases_himself(chat)
    assert tried(chat) == []


@pytest.mark.both_databases
def test_applications_of_the_day_count_on_after_an_erasure(chat: Chat) -> None:
    for _ in range(5):
        applies(chat)
        receipt = erases_himself(chat)
    assert "和次数，一天后删掉。" in receipt
    chat.says("小张", ONE_LINE, private=True)
    assert "一天最多提交 5 次" in chat.says("小张", "确认", private=True)
    chat.passes(days=1)
    assert chat.says("小张", "确认", private=True).startswith("收到")
    chat.clock.advance(timedelta(seconds=1))
    chat.new_ticks().prune()
    assert tried(chat) == []


def test_what_was_sent_in_a_day_is_forgotten_after_it_also_beside_tries(chat: Chat) -> None:
    applies(chat)
    orders(chat, "#拒绝 A1 太笼统")
    erases_himself(chat)
    chat.passes(days=1)
    chat.new_ticks().prune()
    assert tried(chat) == [(1, 0)]


@pytest.mark.both_databases
def test_nothing_stays_of_who_never_applied(chat: Chat) -> None:
    lives(chat)
    assert "算数" not in chat.says(WHO, f"#删除我的数据 {asks(chat)} 匿名", private=True)
    assert tried(chat) == []
