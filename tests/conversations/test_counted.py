"""What conversations add to the numbers that /metrics tells."""

import pytest

from storage.queries import counters
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat

pytestmark = pytest.mark.both_databases


def test_matches_listed_and_members_called_in_all_communities(chat: Chat) -> None:
    def numbers() -> list[int]:
        with chat.database.read() as session:
            return [counters.total(session, name=name) for name in ("listed", "mention")]

    assert numbers() == [0, 0]
    for group in (GROUP, OTHER_GROUP):
        chat.says("小明", "#need 求一台九成新的咖啡机", group=group)
        chat.says("小红", "#offer 转让一台九成新的咖啡机", group=group)
    assert numbers() == [2, 2]
