"""From the chat to the pages."""

import re

from community.signing_in import links
from tests.conversations.chat import Chat
from tests.conversations.conftest import ChatMaker

PAGES = "https://laoyou.example"
LINK = re.compile(rf"{PAGES}/c/renren/enter/([\w-]+)")


def asks(chat: Chat, who: str) -> str:
    """The token of the link that somebody gets."""
    found = LINK.search(chat.says(who, "#登录", private=True))
    assert found is not None
    return found[1]


def holder(chat: Chat, token: str) -> int | None:
    """Whose link it is; it has served then."""
    with chat.scene() as scene:
        return links.use(scene, token=token)


def test_a_link_that_works_once(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=PAGES)
    chat.says("小明", "#我的")
    assert "10 分钟内点开登录，只能用一次" in chat.says("小明", "#登录", private=True)
    token = asks(chat, "小明")
    assert holder(chat, token) == 1
    assert holder(chat, token) is None


def test_a_new_link_ends_the_old_one_and_time_ends_both(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=PAGES)
    chat.says("小明", "#我的")
    first, second = asks(chat, "小明"), asks(chat, "小明")
    assert holder(chat, first) is None
    chat.passes(minutes=10)
    assert holder(chat, second) is None


def test_never_in_a_group(make_chat: ChatMaker) -> None:
    chat = make_chat(public_url=PAGES)
    assert "只能私聊用" in chat.says("小明", "#登录")
    assert not LINK.search(" ".join(send.text for send in chat.sent))


def test_without_pages(chat: Chat) -> None:
    chat.says("小明", "#我的")
    assert chat.says("小明", "#登录", private=True) == "这个社群没有开网页。"


def test_a_stranger_gets_no_link(make_chat: ChatMaker) -> None:
    assert "还不认识你" in make_chat(public_url=PAGES).says("路人", "#登录", private=True)
