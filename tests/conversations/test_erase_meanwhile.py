"""Somebody is erased while the bot is just saying something about him."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from community.actions import Send, Text, dump_action
from community.membership import erasure
from storage.queries.traffic import outbox
from storage.tables import Member
from tests.conversations.chat import GROUP, Chat
from tests.conversations.erasing import WHO, found
from tests.listening import listening


@pytest.fixture
def database_kind() -> str:
    """The other one lets nobody write meanwhile."""
    return "postgres"


@pytest.mark.postgres
@pytest.mark.parametrize("choice", ["anonymous", "removed"])
def test_what_is_sent_meanwhile_is_not_overlooked(chat: Chat, choice: erasure.Choice) -> None:
    """Neither by the look at what was sent, nor by that at what waits."""
    chat.says(WHO, "#需求 跨境电商的合伙人")
    send = Send(group=GROUP, segments=(Text(text=f"{WHO}，你好"),))
    with chat.scene() as scene:
        row = outbox.put(
            scene.session, lane=GROUP, action=dump_action(send), now=scene.now,
            community_id="renren",
        )  # fmt: skip
        outbox.claim(scene.session, lane=GROUP, now=scene.now)
    ended: list[bool] = []
    looks: list[str] = []

    def end(*, patient: bool) -> None:
        with chat.database.begin() as session:
            wait = "" if patient else "NOWAIT"
            session.execute(text(f"SELECT 1 FROM outbox WHERE id = {row} FOR UPDATE {wait}"))
            outbox.record_result(session, row_id=row, state="sent")
        ended.append(True)

    def between(*call: object) -> None:
        if str(call[2]).startswith("SELECT outbox.id, outbox.lane"):
            looks.append(str(call[2]))
            if len(looks) == 2:
                try:
                    end(patient=False)
                except OperationalError:  # the row is being rewritten: its turn comes later
                    ended.append(False)

    with listening(chat.database, "before_cursor_execute", between), chat.scene() as scene:
        him = scene.session.get_one(Member, ("renren", 1))
        erasure.erase(scene, member=him, choice=choice)
    if not ended.pop():
        end(patient=True)
    assert found(chat, WHO) == []
