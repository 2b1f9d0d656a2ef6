"""What one #need costs in a large community: python -m bench.large_pool [POSTS] [MEMBERS] [URL].

The pool is made up (bench/made_up.py). First texts are only analysed, ranked and decided on: which
posts to list, and whom to call. Then messages go the whole way from the inbox to the reply in the
outbox, with both commits, in one thread; the sending is not part of it. A database at URL that was
filled by an earlier run is used as it is.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterable

from loguru import logger

from bench.asking import Cost, asked, costs, processor_of, trials
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
        processor = processor_of(database, analyser)
        _tell("analysis, ranking and decision", costs(trials(processor, count=ASKED)))
        _tell("the whole way", asked(processor, count=ASKED, members=members))
        database.close()


def _tell(what: str, found: Iterable[Cost]) -> None:
    took = sorted(cost.wall * 1000 for cost in found)
    at = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    quantiles = [
        f"{name} {took[min(int(share * len(took)), len(took) - 1)]:.1f}"
        for name, share in at.items()
    ]
    _say(f"{what}, ms: {', '.join(quantiles)}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 100_000,
        int(given[1]) if given[1:] else 5_000,
        given[2] if given[2:] else None,
    )
