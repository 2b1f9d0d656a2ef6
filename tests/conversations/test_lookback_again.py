"""Who comes back: an author who was promised to hear of what fits does."""

import pytest

from tests.conversations.chat import ADMIN, Chat
from tests.conversations.looking_back import SKILLS, asks_in_vain

pytestmark = pytest.mark.both_databases


def test_who_quit_and_came_back(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("王五", "#退出 确认")
    asks_in_vain(chat)
    chat.passes(days=1)
    chat.says(ADMIN, "#解除 @王五")
    chat.passes(minutes=11)
    assert "\n王五 · 因为：跨境电商" in chat.told("张三")


def test_of_nobody_twice(chat: Chat) -> None:
    asks_in_vain(chat)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert "王五" in chat.told("张三")
    chat.says("王五", "#退出 确认")
    chat.says(ADMIN, "#解除 @王五")
    chat.passes(days=2)
    assert chat.told("张三") == ""


def test_not_of_who_was_called_before(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    assert "@王五" in chat.says("张三", "#求 懂跨境电商、做过亚马逊运营的合伙人")
    chat.says("王五", "#退出 确认")
    chat.says(ADMIN, "#解除 @王五")
    chat.passes(days=1)
    assert chat.told("张三") == ""
