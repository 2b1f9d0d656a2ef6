"""What it costs to call other processes with each commit: python -m bench.announcing URL.

One outbox row in each transaction, on an empty PostgreSQL database at URL, by one thread and by
four: kept to oneself, and called out with NOTIFY. Best of three.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from bot.clock import SystemClock
from storage.database import Database, serves_nothing
from storage.queries.traffic import outbox
from storage.schema import upgrade

COMMITS = 1000


def main(url: str) -> None:
    """Measure both, and print milliseconds for a transaction."""
    database = Database(url)
    upgrade(database)
    for threads in (1, 4):
        database.serves = lambda _lane: True
        kept = min(_took(database, threads) for _ in range(3))
        database.serves = serves_nothing
        called = min(_took(database, threads) for _ in range(3))
        sys.stdout.write(f"{threads} threads: kept {kept:.2f} ms, called out {called:.2f} ms\n")
    database.close()


def _took(database: Database, threads: int) -> float:
    now = SystemClock().now()

    def put(n: int) -> None:
        with database.begin() as session:
            outbox.put(session, lane=f"onebot:{n % 50}", action="{}", now=now)

    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(put, range(COMMITS)))
    return (time.perf_counter() - start) / COMMITS * 1000


if __name__ == "__main__":
    main(sys.argv[1])
