"""What one #need costs in a large community: python -m bench.large_pool [POSTS] [MEMBERS] [URL].

The pool is made up (bench/made_up.py). Each message goes the whole way from the inbox to its reply
in the outbox, with both commits, in one thread; the sending is not part of it. A database at URL
that was filled by an earlier run is used as it is.
"""

import random
import sys
import tempfile
import time

from loguru import logger

from bench.asking import asked, processor_of
from bench.made_up import Pool, fill, is_filled
from bot.clock import SystemClock
from matching import Analyser
from storage.database import Database
from storage.schema import upgrade

ASKED = 300


def main(posts: int, members: int, url: str | None) -> None:
    """Fill the pool, ask, and print the quantiles."""
    logger.remove()
    analyser = Analyser()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{folder}/pool.db")
        upgrade(database)
        if not is_filled(database):
            start = time.perf_counter()
            pool = Pool(database, analyser, SystemClock().now(), random.Random(1))
            fill(pool, posts, members)
            seconds = time.perf_counter() - start
            _say(f"filled with {posts} posts and {members} members in {seconds:.0f} s")
        costs = asked(processor_of(database, analyser), count=ASKED, members=members)
        took = sorted(cost.wall for cost in costs)
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0)):
            _say(f"{name} {took[min(int(share * len(took)), len(took) - 1)] * 1000:.1f} ms")
        database.close()


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 100_000,
        int(given[1]) if given[1:] else 5_000,
        given[2] if given[2:] else None,
    )
