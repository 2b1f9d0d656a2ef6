"""What it costs to store what other processes may be told, too: python -m bench.copies URL.

One inbox row in each transaction, one after the other, on an empty PostgreSQL database at URL, of
which nobody else is told, which this process has to take, and which another one has taken. Best of
three.
"""

import sys
import time
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlmodel import Session

from storage.database import Database
from storage.queries.traffic import copies, inbox, lane_locks
from storage.queries.traffic.inbox import Received
from storage.schema import upgrade

COMMITS = 1000
MINE, OTHERS = 2, 4
_numbers = count()


def main(url: str) -> None:
    """Measure all, and print milliseconds for a transaction."""
    database = Database(url)
    upgrade(database)
    rows = [_row() for _ in range(3 * COMMITS)]
    plain = _best(database, rows, shared=False)
    taken = [_row() for _ in range(3 * COMMITS)]
    taking = _best(database, taken, shared=True)
    others = [row._replace(channel="onebot:2", holder=OTHERS) for row in taken]
    left = _best(database, others, shared=True)
    sys.stdout.write(f"for one: {plain:.2f} ms, taken: {taking:.2f} ms, left: {left:.2f} ms\n")
    database.close()


def _best(database: Database, rows: list[Received], *, shared: bool) -> float:
    parts = [rows[at : at + COMMITS] for at in range(0, len(rows), COMMITS)]
    return min(_took(database, part, shared=shared) for part in parts)


def _took(database: Database, rows: list[Received], *, shared: bool) -> float:
    start = time.perf_counter()
    for row in rows:
        with database.begin() as session:
            if not shared or _take(session, row, {row.holder}):
                inbox.add(session, rows=[row])
    return (time.perf_counter() - start) / len(rows) * 1000


def _take(session: Session, row: Received, mine: Collection[int | None]) -> bool:
    lane_locks.lock(session, lanes=[row.lane])
    return copies.judge(session, row=row, stance="defer", mine=mine) == "take"


def _row() -> Received:
    n = next(_numbers)
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=n)
    return Received(
        channel="onebot:1", key=f"group:{n}", lane=f"onebot:{n % 50}", update="{}" * 300,
        sender=f"onebot:{n % 500}", sent_at=at, received_at=at, holder=MINE,
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
