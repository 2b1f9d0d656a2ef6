"""Filled databases that are kept, so that one measurement after the other finds the same pool."""

import os
import random
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from bench.made_up import Pool, fill
from bot.clock import SystemClock
from matching import Analyser
from storage.database import Database
from storage.schema import upgrade

KEPT = Path("data/bench")
_DAY = 86_400
_FRESH = 7 * _DAY  # made-up posts run out after thirty days


def copy(source: Path, target: Path) -> None:
    """A copy that is on the disk when this returns: else the first commit would wait for it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def members_of(posts: int) -> int:
    """How many people there are to so many posts."""
    return min(max(posts // 10, 200), 5_000)


@dataclass(frozen=True)
class Pools:
    """Each size is a copy of the next smaller one with more in it."""

    folder: Path
    analyser: Analyser

    def at(self, posts: int) -> Path:
        """The SQLite file with so many live posts; filled when there is none, or none of today's
        words and tables.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self._file(posts)
        if not file.exists() or time.time() - file.stat().st_mtime > _FRESH:
            self._make(posts, file)
        return file

    def copy(self, posts: int, target: Path) -> None:
        """A database of one's own with so many live posts."""
        copy(self.at(posts), target)

    def _file(self, posts: int) -> Path:
        return self.folder / f"{self.analyser.version}-{posts}.db"

    def _make(self, posts: int, file: Path) -> None:
        start, rough = time.perf_counter(), file.with_suffix(".part")
        rough.unlink(missing_ok=True)
        if (smaller := self._smaller(posts)) is not None:
            copy(smaller, rough)
        database = Database(f"sqlite:///{rough}")
        event.listen(database.engine, "connect", _hurry)
        upgrade(database)
        pool = Pool(database, self.analyser, SystemClock().now(), random.Random(posts))
        fill(pool, posts, members_of(posts) if posts else 0)
        database.close()
        rough.replace(file)
        took = time.perf_counter() - start
        sys.stderr.write(f"filled with {posts:,} posts in {took:.0f} s: {file}\n")

    def _smaller(self, posts: int) -> Path | None:
        named = f"{self.analyser.version}-*.db"
        fresh = time.time() - _FRESH + _DAY
        found = [
            (size, file)
            for file in self.folder.glob(named)
            if (size := int(file.stem.rpartition("-")[2])) < posts and file.stat().st_mtime > fresh
        ]
        return max(found)[1] if found else None


def _hurry(connection: Any, _entry: object) -> None:
    """A pool that is lost half-way is filled again, so nothing has to be safe on the disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.execute("PRAGMA cache_size=-1000000")
    cursor.close()
