"""What looking through a large community costs on the pages: python -m bench.finding_pages [URL].

The pool is that of bench/made_up.py, 100,000 posts and 5,000 members; a database at URL that
was filled before is used as it is.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.made_up import Pool, Said, fill, is_filled
from bot.clock import SystemClock
from community import browsing, directory
from community.finding import Scope, find
from community.scene import Scene
from community.settings import Settings
from matching import Analyser
from storage.database import Database
from storage.schema import upgrade
from storage.tables import Member

ASKED = 60
POSTS, MEMBERS = 100_000, 5_000


def main(url: str | None) -> None:
    """Fill the pool, look through it in several ways, and print the quantiles."""
    clock, analyser = SystemClock(), Analyser()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'pool.db'}")
        upgrade(database)
        if not is_filled(database):
            fill(Pool(database, analyser, clock.now(), random.Random(1)), POSTS, MEMBERS)
        settings = Settings(id="large", name="大群")
        for name, look in _LOOKS.items():
            took = []
            said = Said(random.Random(name))
            for _ in range(ASKED):
                start = time.perf_counter()
                with database.read() as session:
                    scene = Scene(session, settings, analyser, clock.now())
                    viewer = session.get_one(Member, ("large", 1))
                    look(scene, viewer, said())
                took.append((time.perf_counter() - start) * 1000)
            took.sort()
            _say(f"{name:24} p50 {took[ASKED // 2]:6.1f} ms   max {took[-1]:6.1f} ms")
        database.close()


def _scope(**filters: Any) -> Callable[[Scene, Member, str], object]:
    scope = Scope(posts=10, members=6, **filters)
    return lambda scene, viewer, words: find(scene, words=words, member=viewer, scope=scope)


def _newest(**filters: Any) -> Callable[[Scene, Member, str], object]:
    scope = Scope(**filters)
    return lambda scene, _, __: browsing.newest(scene, scope=scope, size=20)


def _members(**filters: Any) -> Callable[[Scene, Member, str], object]:
    return lambda scene, viewer, _: directory.page(scene, viewer=viewer, size=20, **filters)


_LOOKS = {
    "words": _scope(),
    "words, city": _scope(city="深圳"),
    "words, industry": _scope(industry="软件"),
    "words, city, industry": _scope(city="深圳", industry="软件", kind="need"),
    "words, also closed": _scope(closed=True),
    "newest": _newest(),
    "newest, city": _newest(city="深圳"),
    "newest, rare city": _newest(city="拉萨"),
    "newest, industry": _newest(industry="软件"),
    "newest, city, industry": _newest(city="深圳", industry="软件", kind="offer", closed=True),
    "members": _members(),
    "members, city": _members(city="深圳"),
    "members, name": _members(name="成员49"),
}


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else None)
