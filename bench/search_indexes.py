"""What FTS5 and GIN take for the queries of bench.postings: ``python -m bench.search_indexes``.

The same invented posts and the same search terms, each index with the ranking that it brings
along: bm25 for FTS5, ts_rank for a tsvector, and for an array of terms the weighted sum that
``storage.queries.postings`` has. Milliseconds.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from bench.postings import ROUNDS, Corpus
from tests.postgres_server import PostgresServer

Ask = Callable[[dict[str, float]], list[Any]]
QUERIES = (("12 terms in 5 % or less", 12, 0.05), ("16 terms, also common ones", 16, 1.0))

TSVECTOR: LiteralString = (
    "SELECT item_id FROM post WHERE community_id = 'renren' AND vector @@ %(any)s::tsquery "
    "ORDER BY ts_rank(vector, %(any)s::tsquery) DESC, item_id DESC LIMIT 200"
)
ARRAY: LiteralString = (
    "SELECT item_id FROM post CROSS JOIN LATERAL (SELECT sum(w) AS score "
    "FROM unnest(%(terms)s::text[], %(weights)s::bigint[]) AS asked (t, w) WHERE t = ANY(terms)) x "
    "WHERE community_id = 'renren' AND terms && %(terms)s::text[] "
    "ORDER BY score DESC, item_id DESC LIMIT 200"
)


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000])
    for size in parser.parse_args().sizes:
        corpus = Corpus(size)
        with _fts5(corpus) as ask:
            _measure(f"FTS5, {size:,} posts", corpus, ask)
        with _gin(corpus) as asks:
            for name, ask in asks.items():
                _measure(f"GIN on a {name}, {size:,} posts", corpus, ask)


def _measure(title: str, corpus: Corpus, ask: Ask) -> None:
    sys.stdout.write(title + "\n")
    for name, terms, share in QUERIES:
        taken = []
        for _ in range(ROUNDS):
            query = corpus.query(terms, share)
            started = time.perf_counter()
            assert ask(query)
            taken.append((time.perf_counter() - started) * 1000)
        median, late = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        sys.stdout.write(f"  {name:<30} median {median:6.2f}  p95 {late:6.2f}\n")


@contextmanager
def _fts5(corpus: Corpus) -> Iterator[Ask]:
    with (
        tempfile.TemporaryDirectory(prefix="laoyou-bench-") as folder,
        closing(sqlite3.connect(Path(folder) / "fts5.db")) as database,
    ):
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE VIRTUAL TABLE post USING fts5(terms, content='')")
        rows = ((at, " ".join(terms)) for at, terms in enumerate(corpus.posts, 1))
        database.executemany("INSERT INTO post (rowid, terms) VALUES (?, ?)", rows)
        database.commit()
        search = "SELECT rowid FROM post WHERE post MATCH ? ORDER BY rank LIMIT 200"
        yield lambda query: database.execute(search, (" OR ".join(query),)).fetchall()


@contextmanager
def _gin(corpus: Corpus) -> Iterator[dict[str, Ask]]:
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="laoyou-bench-")))
    server.claim()
    server.start()
    try:
        server.create("bench", migrated=False)
        url = server.url("bench").replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as database:
            _fill(database, corpus)
            yield {
                "tsvector": lambda query: _run(database, TSVECTOR, query),
                "text[]": lambda query: _run(database, ARRAY, query),
            }
    finally:
        server.stop()


def _fill(database: psycopg.Connection, corpus: Corpus) -> None:
    database.execute(
        "CREATE TABLE post (item_id bigint PRIMARY KEY, community_id text DEFAULT 'renren', "
        "terms text[], vector tsvector GENERATED ALWAYS AS (array_to_tsvector(terms)) STORED)"
    )
    with database.cursor().copy("COPY post (item_id, terms) FROM STDIN") as copy:
        for at, terms in enumerate(corpus.posts, 1):
            copy.write_row((at, terms))
    database.execute("CREATE INDEX ON post USING gin (terms)")
    database.execute("CREATE INDEX ON post USING gin (vector)")
    database.execute("VACUUM ANALYZE post")


def _run(database: psycopg.Connection, search: LiteralString, query: dict[str, float]) -> list[Any]:
    weights = [round(weight * 1_000_000) for weight in query.values()]
    values = {"any": " | ".join(query), "terms": list(query), "weights": weights}
    return database.execute(search, values).fetchall()


if __name__ == "__main__":
    main()
