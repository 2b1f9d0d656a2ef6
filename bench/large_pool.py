"""What one #need costs in a large community: python -m bench.large_pool [POSTS] [MEMBERS] [URL].

The pool is made of the clauses of bench/data and bench/synthetic, put together at random, so that
common words are common. Each message goes the whole way from the inbox to its reply in the outbox,
with both commits, in one thread; the sending is not part of it. A database at URL that was filled
by an earlier run is used as it is.
"""

import gc
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from loguru import logger

from bot.analysing import Analysers
from bot.clock import SystemClock
from bot.commands.evaluate import load
from bot.communities import Communities
from bot.processor import Processor
from community.indexing import index_members
from community.rules import Limits
from community.settings import Settings
from community.updates import Message, Sender, dump_update
from handlers.framework.discovery import discover
from matching import Analyser, Analysis
from matching.evaluation import Community
from storage.database import Database
from storage.queries import communities, counters, inbox, postings
from storage.schema import upgrade
from storage.tables import Account, Inbox, Member, Post

ROOT = Path(__file__).parent
GROUP = "onebot:1"
AT_ONCE = 1_000
ASKED = 300
KINDS = ("need", "offer")


def main(posts: int, members: int, url: str | None) -> None:
    """Fill the pool, ask, and print the quantiles."""
    logger.remove()
    rng, clock, analyser = random.Random(1), SystemClock(), Analyser()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{folder}/pool.db")
        upgrade(database)
        no_limit = Limits(posts_per_day=0)  # a refusal would cost next to nothing
        settings = Settings(id="large", name="大群", groups=(GROUP,), limits=no_limit)
        if not _is_filled(database):
            start = time.perf_counter()
            _fill(_Pool(database, analyser, clock.now(), rng), posts, members)
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


def _is_filled(database: Database) -> bool:
    with database.read() as session:
        return communities.exists(session, community_id="large")


@dataclass(frozen=True)
class _Pool:
    """A community that is made up, and filled a thousand rows at a time."""

    database: Database
    analyser: Analyser
    now: datetime
    rng: random.Random

    def add_members(self, count: int) -> None:
        known = [one for part in _parts() for one in part.members]
        for ids in _batches(count):
            rows = [self._member(id_, self.rng.choice(known)) for id_ in ids]
            with self.database.begin() as session:
                session.add_all(rows)
                session.flush()
                session.add_all(
                    Account(community_id="large", address=f"onebot:{id_}", member_id=id_)
                    for id_ in ids
                )
                index_members(session, self.analyser, rows)
        self._count("member", count)

    def add_posts(self, count: int, *, authors: int) -> None:
        said = _Said(self.rng)
        for ids in _batches(count):
            rows = [self._post(id_, said(), author=self.rng.randint(1, authors)) for id_ in ids]
            with self.database.begin() as session:
                session.add_all(rows)
                for kind in KINDS:
                    terms = {
                        row.id: Analysis.load(row.analysis or {}).terms
                        for row in rows
                        if row.kind == kind
                    }
                    postings.replace_all(session, community_id="large", shelf=kind, items=terms)
        self._count("post", count)

    def _member(self, id_: int, like: Mapping[str, Any]) -> Member:
        company, title, city, industry, bio = (
            str(like.get(name, "")) for name in ("company", "title", "city", "industry", "bio")
        )
        return Member(
            community_id="large",
            id=id_,
            name=f"成员{id_}",
            company=company,
            title=title,
            city=city,
            industry=industry,
            bio=bio,
            skills=list(like.get("skills", ())),
            created_at=self.now,
            updated_at=self.now,
        )

    def _post(self, id_: int, text: str, *, author: int) -> Post:
        kind = self.rng.choice(KINDS)
        return Post(
            community_id="large",
            id=id_,
            kind=kind,
            author_id=author,
            text=text,
            title=text[:20],
            fingerprint=str(id_),
            created_at=self.now,
            updated_at=self.now,
            expires_at=self.now + timedelta(days=30),
            analysis=self.analyser.analyse(text, kind).dump(),
            analysis_version=self.analyser.version,
        )

    def _count(self, name: str, count: int) -> None:
        with self.database.begin() as session:
            counters.take(session, community_id="large", name=name, count=count)


def _fill(pool: _Pool, posts: int, members: int) -> None:
    with pool.database.begin() as session:
        communities.ensure(
            session, community_id="large", name="大群", groups=(GROUP,), now=pool.now
        )
    pool.add_members(members)
    pool.add_posts(posts, authors=members)


def _batches(count: int) -> Iterator[range]:
    for first in range(1, count + 1, AT_ONCE):
        yield range(first, min(first + AT_ONCE, count + 1))


class _Said:
    """Something that nobody said like this before, of one to three clauses."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        posts = [str(one["text"]) for part in _parts() for one in part.posts]
        self._clauses = [clause for text in posts for clause in re.split("[，。；！？\n]", text)]
        self._clauses = [clause for clause in self._clauses if len(clause) > 3]

    def __call__(self) -> str:
        return "，".join(self._rng.sample(self._clauses, self._rng.randint(1, 3)))


def _asked(processor: Processor, members: int) -> Iterator[float]:
    """Seconds for each message, after some that warm up."""
    run = token_hex(4)  # other words in each run: the same again would not be a new post
    rng = random.Random(run)
    said = _Said(rng)
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


def _parts() -> Sequence[Community]:
    return [*load(ROOT / "data"), *load(ROOT / "synthetic")]


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
