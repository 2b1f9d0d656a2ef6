"""What the time of one #need goes to: python -m bench.shares [--keep DIR] [POSTS …].

Each message goes the way that bench/asking.py has, and is looked at while it is on it.
"""

import argparse
import inspect
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import CodeType

from loguru import logger

from bench.asking import WARM, messages, processor_of
from bench.pools import KEPT, Pools, members_of
from bench.sampling import OTHER, Sampler
from community.pool import search
from matching import Analyser
from matching.embedding import quantised
from storage import database
from storage.database import Database
from storage.queries import direct, prepared

ROOT = Path(__file__).parents[1]
ASKED = 300
SIZES = (1_000, 10_000, 100_000)
NAMES = (
    "commits (the disk)",
    "SQL statements",
    "reading stored analyses",
    "ranking and deciding",
    "analysing the text",
    "statements made, rows, sessions",
    "JSON and validation",
    "rules and replies",
)
_COMMITS, _SQL, _READING, _RANKING, _ANALYSING, _ORM, _JSON, _RULES = NAMES
_LIBRARIES = {
    "sqlalchemy": None,
    "sqlmodel": None,
    "jieba": _ANALYSING,
    "pydantic": _JSON,
}
_FILES = {prepared.__file__: _ORM, direct.__file__: _ORM}
# The functions themselves, so that none can get another name without being found here.
_FUNCTIONS = {
    prepared.execute_raw.__code__: _SQL,
    inspect.unwrap(search._read).__code__: _READING,
    database._to_json.__code__: _JSON,
    quantised.encode.__code__: _ANALYSING,
    quantised.decode.__code__: _READING,
}
_ANALYSERS = (
    "analyser", "segment", "signals", "folding", "salience", "places", "dictionary", "document",
    "text", "words", "characters", "ngrams", "table",
)  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """The table of shares."""
    parser = argparse.ArgumentParser(prog="python -m bench.shares")
    parser.add_argument("posts", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--keep", type=Path, default=KEPT, help="where filled pools are kept")
    given = parser.parse_args(arguments)
    logger.remove()
    pools = Pools(given.keep, Analyser())
    found = {posts: measured(pools, posts) for posts in given.posts}
    for line in _table(found):
        print(line)  # noqa: T201


def measured(pools: Pools, posts: int) -> Mapping[str, float]:
    """Milliseconds of one message by what they went to."""
    sampler = Sampler(doing)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pool.db"
        pools.copy(posts, file)
        pool = Database(f"sqlite:///{file}")
        processor = processor_of(pool, pools.analyser)
        ready = messages(processor, count=ASKED, members=members_of(posts))
        for number, message in enumerate(ready):
            if number == WARM:
                sampler.seconds.clear()
            with sampler.watching():
                message()
        pool.close()
    return {name: seconds / ASKED * 1000 for name, seconds in sampler.seconds.items()}


def doing(code: CodeType) -> str | None:
    """What a function is there for; None where its caller has to tell."""
    if code in _FUNCTIONS:
        return _FUNCTIONS[code]
    file = Path(code.co_filename)
    library = next((name for name in _LIBRARIES if name in file.parts), None)
    if library is not None:
        return _LIBRARIES[library] or _in_sqlalchemy(file.name, code.co_name)
    if ROOT not in file.parents or ".venv" in file.parts:
        return None
    folder = file.relative_to(ROOT).parts[0]
    if folder == "matching":
        return _in_matching(file.stem, code.co_qualname)
    return _FILES.get(code.co_filename) or (None if folder == "bench" else _RULES)


def _in_sqlalchemy(file: str, function: str) -> str:
    if file == "default.py" and function == "do_commit":
        return _COMMITS
    if file == "default.py" and function.startswith("do_execute"):
        return _SQL
    if file == "cursor.py" and function.startswith("fetch"):
        return _SQL
    return _READING if file == "sqltypes.py" and function == "process" else _ORM


def _in_matching(module: str, function: str) -> str | None:
    if module == "analysis":
        return _READING if function.startswith("Analysis.load") else None
    return _ANALYSING if module in _ANALYSERS else _RANKING


def _table(found: Mapping[int, Mapping[str, float]]) -> Iterator[str]:
    yield "| ms of one `#need` | " + " | ".join(f"{posts:,} posts" for posts in found) + " |"
    yield "|---|" + "---|" * len(found)
    for name in (*NAMES, OTHER):
        yield f"| {name} | " + " | ".join(_told(one, name) for one in found.values()) + " |"
    yield "| all | " + " | ".join(f"{sum(one.values()):.1f}" for one in found.values()) + " |"


def _told(one: Mapping[str, float], name: str) -> str:
    return f"{one.get(name, 0):.1f} ({one.get(name, 0) / sum(one.values()):.0%})"


if __name__ == "__main__":
    main(sys.argv[1:])
