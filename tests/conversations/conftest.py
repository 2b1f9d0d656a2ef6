"""The chat that conversation tests are written in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from loguru import logger

from community.rules import Limits
from matching import Analyser
from storage.database import Database
from tests.conversations.chat import Chat
from tests.conversations.leaks import leaks

ChatMaker = Callable[..., Chat]

KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A conversation is held on SQLite; on PostgreSQL too where it is marked so."""
    if "database_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("database_kind", KINDS if both else KINDS[:1], indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind that the conversation is held on this time."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="package")
def _logged() -> Iterator[list[str]]:
    """What is logged at INFO and above; making a sink takes as long as an answer."""
    lines: list[str] = []
    sink = logger.add(lambda line: lines.append(str(line)), level="INFO")
    yield lines
    logger.remove(sink)


@pytest.fixture
def make_chat(database: Database, analyser: Analyser, _logged: list[str]) -> Iterator[ChatMaker]:
    """Chats with rules of their own: ``make_chat(limits=Limits(posts_per_day=1))``."""
    chats: list[Chat] = []
    _logged.clear()

    def make(**rules: Any) -> Chat:
        chats.append(Chat(database, analyser, **rules))
        return chats[-1]

    yield make
    found = [one for chat in chats for one in leaks(chat, _logged)]
    for chat in chats:
        chat.close()
    assert found == [], "no group and no log line tells of an applicant"


@pytest.fixture
def chat(make_chat: ChatMaker) -> Chat:
    """A chat with no limit on posts a day, so that a story can be as long as it likes."""
    return make_chat(limits=Limits(posts_per_day=0))


@pytest.fixture
def club(chat: Chat) -> Chat:
    """A group whose members are known."""
    chat.sits("小明", "小红")
    return chat
