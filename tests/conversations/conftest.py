"""The chat that conversation tests are written in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from community.rules import Limits
from matching import Analyser
from storage.database import Database
from tests.conversations.chat import Chat

ChatMaker = Callable[..., Chat]


@pytest.fixture
def make_chat(database: Database, analyser: Analyser) -> Iterator[ChatMaker]:
    """Chats with rules of their own: ``make_chat(limits=Limits(posts_per_day=1))``."""
    chats: list[Chat] = []

    def make(**rules: Any) -> Chat:
        chats.append(Chat(database, analyser, **rules))
        return chats[-1]

    yield make
    for chat in chats:
        chat.close()


@pytest.fixture
def chat(make_chat: ChatMaker) -> Chat:
    """A chat with no limit on posts a day, so that a story can be as long as it likes."""
    return make_chat(limits=Limits(posts_per_day=0))
