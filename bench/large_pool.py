"""What one #need costs in a large community: python -m bench.large_pool [POSTS] [MEMBERS] [URL].

The pool is made up (bench/made_up.py). Each message goes the whole way from the inbox to its reply
in the outbox, with both commits, in one thread; the sending is not part of it. A database at URL
that was filled by an earlier run is used as it is.
"""

import gc
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from secrets import token_hex

from loguru import logger

from bench.made_up import GROUP, Pool, Said, fill, is_filled
from bot.analysing import Analysers
from bot.clock import SystemClock
from bot.communities import Communities
from bot.processor import Processor
from community.rules import Limits
from community.settings import Settings
from community.updates import Message, Sender, dump_update
from handlers.framework.discovery import discover
from matching import Analyser
from storage.database import Database
from storage.queries import inbox
from storage.schema import upgrade
from storage.tables import Inbox

ASKED = 300


def main(posts: int, members: int, url: str | None) -> None:
    """Fill the pool, ask, and print the quantiles."""
    logger.remove()
    rng, clock, analyser = random.Random(1), SystemClock(), Analyser()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{folder}/pool.db")
        upgrade(database)
        no_limit = Limits(posts_per_day=0)  # a refusal would cost next to nothing
        settings = Settings(id="large", name="大群", groups=(GROUP,), limits=no_limit)
        if not is_filled(database):
            start = time.perf_counter()
            fill(Pool(database, analyser, clock.now(), rng), posts, members)
            _say(f"filled with {posts} posts and {members} members in {_since(start):.0f} s")
        processor = Processor(
            database, discover(), Communities([settings]), Analysers(analyser), clock
        )
        gc.collect()
        gc.freeze()  # as the bot does when it has started
        took = sorted(_asked(processor, members))
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0)):
            _say(f"{name} {took[min(int(share * len(took)), len(took) - 1)] * 1000:.1f} ms")
        database.close()


def _asked(processor: Processor, members: int) -> Iterator[float]:
    """Seconds for each message, after some that warm up."""
    run = token_hex(4)  # other words in each run: the same again would not be a new post
    rng = random.Random(run)
    said = Said(rng)
    for number in range(ASKED + 20):
        who = rng.randint(1, members)
        update = Message(
            channel="onebot:bot",
            key=f"{run}-{number}",
            time=processor.clock.now(),
            group=GROUP,
            message_id=f"{run}-{number}",
            sender=Sender(account=f"onebot:{who}", name=f"成员{who}"),
            text=f"#need {said()}",
        )
        row = Inbox(
            channel=update.channel,
            key=update.key,
            lane=GROUP,
            update=dump_update(update),
            sent_at=update.time,
            received_at=update.time,
        )
        start = time.perf_counter()
        with processor.database.begin() as session:
            [id_] = inbox.add(session, rows=[row]).values()
        processor.handle(id_)
        if number >= 20:
            yield time.perf_counter() - start


def _since(start: float) -> float:
    return time.perf_counter() - start


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 100_000,
        int(given[1]) if given[1:] else 5_000,
        given[2] if given[2:] else None,
    )
