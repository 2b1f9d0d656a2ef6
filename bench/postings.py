"""How fast the search index answers: ``python -m bench.postings 10000 100000 [--postgres]``.

Fills one shelf with invented posts of 10 to 40 terms, whose words are spread as in a language (a
few in every seventh post, most in a handful), and times the queries of ``postings`` (in
``storage.queries.pool``) in milliseconds. Search terms are taken from a random post, so that there
is always something to find. With ``--postgres`` it uses the server that the tests start, with its
settings.
"""

import argparse
import math
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, text
from sqlmodel import Session

from storage.database import Database
from storage.queries import counters
from storage.queries.pool import postings
from storage.schema import upgrade
from storage.tables import Community
from tests.postgres_server import PostgresServer

Ask = Callable[[Session, dict[str, float]], None]
Row = tuple[str, str, str, int, int]

WHERE = {"community_id": "renren", "shelf": "need"}
VOCABULARY = 60_000
ROUNDS = 200


class Corpus:
    """Invented posts, the same for the same size."""

    def __init__(self, size: int) -> None:
        self.dice = random.Random(1)
        shares = list(accumulate(1 / (rank + 20) for rank in range(VOCABULARY)))

        def term() -> str:
            return f"w{bisect(shares, self.dice.random() * shares[-1]):05d}"

        self.posts = [
            sorted({term() for _ in range(self.dice.randint(10, 40))}) for _ in range(size)
        ]
        self.df = Counter(found for post in self.posts for found in post)

    def query(self, count: int, share: float) -> dict[str, float]:
        """Some terms of a post, none in more than a share of all posts, with their weights."""
        most = share * len(self.posts)
        while True:
            terms = [term for term in self.dice.choice(self.posts) if self.df[term] <= most]
            if len(terms) >= count:
                picked = self.dice.sample(terms, count)
                return {term: math.log(len(self.posts) / self.df[term]) for term in picked}


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
    parser.add_argument("--postgres", action="store_true")
    arguments = parser.parse_args()
    for size in arguments.sizes:
        corpus = Corpus(size)
        with _database(postgres=arguments.postgres) as database:
            started = time.perf_counter()
            _load(database, corpus)
            kind = "PostgreSQL" if arguments.postgres else "SQLite"
            _say(f"{kind}, {size:,} posts, {corpus.df.total():,} postings")
            _say(f"  loaded in {time.perf_counter() - started:.1f} s")
            _measure(database, corpus)


def _measure(database: Database, corpus: Corpus) -> None:
    def candidates(session: Session, query: dict[str, float]) -> None:
        assert postings.candidates(session, **WHERE, weights=query, limit=200)

    def frequencies(session: Session, query: dict[str, float]) -> None:
        assert postings.counts(session, **WHERE, terms=query, cap=1_000)

    def size(session: Session, _query: dict[str, float]) -> None:
        assert postings.size(session, **WHERE) == len(corpus.posts)

    def store(session: Session, query: dict[str, float]) -> None:
        for terms in (dict.fromkeys(query, 100), {}):
            postings.replace(session, **WHERE, item_id=10_000_000, terms=terms)

    timed = partial(_time, database, corpus)
    timed("candidates, 12 terms in 5 % or less", candidates, terms=12, share=0.05)
    timed("candidates, 16 terms, also common ones", candidates, terms=16, share=1)
    timed("counts, 16 terms, cap 1,000", frequencies, terms=16, share=1)
    timed("size", size, terms=1, share=1)
    timed("replace and remove, 30 terms", store, terms=30, share=1)


def _time(
    database: Database, corpus: Corpus, name: str, ask: Ask, *, terms: int, share: float
) -> None:
    taken = []
    with database.begin() as session:
        for _ in range(ROUNDS):
            query = corpus.query(terms, share)
            started = time.perf_counter()
            ask(session, query)
            taken.append((time.perf_counter() - started) * 1000)
    median, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    _say(f"  {name:<40} median {median:6.2f}  p95 {late:6.2f}  max {max(taken):6.2f}")


def _load(database: Database, corpus: Corpus) -> None:
    with database.begin() as session:
        session.add(Community(id="renren", name="renren", created_at=datetime.now(UTC)))
        session.flush()
        counters.add(session, community_id="renren", name="shelf:need", change=len(corpus.posts))
        posts = enumerate(corpus.posts, 1)
        dice = random.Random(2)
        rows = [
            ("renren", "need", term, dice.randint(20, 200), at)
            for at, post in posts
            for term in post
        ]
        _copy(session.connection(), sorted(rows))
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE posting"))


def _copy(connection: Connection, rows: list[Row]) -> None:
    driver = connection.connection.cursor()
    columns = "posting (community_id, shelf, term, weight, item_id)"
    if connection.dialect.name == "sqlite":
        driver.executemany(f"INSERT INTO {columns} VALUES (?, ?, ?, ?, ?)", rows)
        return
    with driver.copy(f"COPY {columns} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _database(*, postgres: bool) -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="laoyou-bench-") as folder:
        server = PostgresServer(Path(tempfile.mkdtemp(prefix="laoyou-bench-")))
        server.claim()
        url = f"sqlite:///{folder}/laoyou.db"
        if postgres:
            server.start()
            server.create("bench", migrated=True)
            url = server.url("bench")
        database = Database(url)
        upgrade(database)
        yield database
        database.close()
        server.stop()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
