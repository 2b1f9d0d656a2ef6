"""The bot's own messages to those who run it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from sqlmodel import col, select

from bot.outbox.store import Store
from community.actions import Send, Text
from storage.database import Database
from storage.tables import Outbox
from tests.fakes import FakeClock
from tests.listening import listening

ADMINS = ("onebot:1", "onebot:2")
PATIENCE = 0.3  # seconds for the other one, who may have to wait


@pytest.fixture
def database_kind() -> str:
    """Nobody shares the other one."""
    return "postgres"


@pytest.mark.postgres
def test_two_processes_in_the_same_trouble_tell_of_it_once(
    database: Database, clock: FakeClock
) -> None:
    """Each looks for what was said last before either says it, unless one waits for the other."""
    both = Barrier(2, timeout=PATIENCE)

    def before_it_is_said(*call: object) -> None:
        if str(call[2]).startswith("INSERT INTO outbox"):
            try:
                both.wait()
            except BrokenBarrierError:
                return

    def tell(admins: tuple[str, ...]) -> None:
        words = (Text(text="老友提醒：磁盘快满了。"),)
        Store(database, clock).enqueue_notices(
            [Send(account=one, segments=words) for one in admins]
        )

    with (
        listening(database, "before_cursor_execute", before_it_is_said),
        ThreadPoolExecutor(2) as threads,
    ):
        list(threads.map(tell, (ADMINS, ADMINS[::-1])))
    with database.read() as session:
        assert list(session.exec(select(Outbox.lane).order_by(col(Outbox.lane)))) == [*ADMINS]
