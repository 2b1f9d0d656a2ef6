"""Letters lead to pages."""

import pytest

from tests.conversations.chat import Chat
from tests.conversations.conftest import ChatMaker
from tests.conversations.letters.mailing import WEB


@pytest.fixture
def chat(make_chat: ChatMaker) -> Chat:
    """A community with pages."""
    return make_chat(public_url=WEB)
