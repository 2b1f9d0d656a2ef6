"""Looking through all of the traffic for a person."""

import tracemalloc

from storage.database import Database
from storage.queries.people import erasing
from storage.queries.traffic import inbox, outbox
from storage.queries.traffic.inbox import Received
from tests.fakes import START

COUNT, SIZE = 4_000, 5_000


def test_what_came_and_went_is_not_held_all_at_once(database: Database) -> None:
    words = "x" * SIZE
    rows = [
        Received(
            channel="onebot:bot", key=str(number), lane="onebot:1", update=words, sent_at=START,
            received_at=START, state="done",
        )
        for number in range(COUNT)
    ]  # fmt: skip
    with database.begin() as session:
        inbox.add(session, rows=rows)
        for _ in range(COUNT):
            number = outbox.put(session, lane="onebot:1", action=words, now=START)
            outbox.record_result(session, row_id=number, state="sent")
    with database.read() as session:
        tracemalloc.start()
        count = sum(1 for _ in erasing.received(session, community_id="a", accounts=[]))
        count += sum(1 for _ in erasing.sent(session, community_id="a"))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 2 * COUNT
    assert most < COUNT * SIZE
