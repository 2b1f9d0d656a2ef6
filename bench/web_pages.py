"""What pages cost in a large community: python -m bench.web_pages [POSTS] [MEMBERS] [URL].

Each page is asked for over a real connection to the bot's own server, one after the other, in turn
with a bare page of the same server; the medians and their ratio are what is told. Everything runs
in one process, so the time of the client is in both. A database at URL that was filled by an
earlier run is used as it is; the usual pool is kept (bench/pools.py).
"""

import asyncio
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from httpx2 import Client
from loguru import logger

from bench.made_up import COMMUNITY, GROUP, Pool, Said, fill, is_filled
from bench.pools import KEPT, Pools, members_of
from bot.clock import SystemClock
from bot.faults import log_fault
from community.settings import Settings
from community.signing_in import devices
from matching import Analyser
from storage.database import Database
from storage.schema import upgrade
from storage.tables import Member
from web import cookies
from web.door import Door
from web.server import WebServer
from web.site import create_site

ROUNDS = 60
BROWSERS = 40  # who asks too often is slowed down
BARE = "/livez"
HOME = f"/c/{COMMUNITY}"
SETTINGS = Settings(id=COMMUNITY, name="大群", groups=(GROUP,))


def main(posts: int, members: int, url: str | None) -> None:
    """Fill the pool, ask for each page in turn, and print medians and ratios."""
    logger.remove()
    rng, clock, analyser = random.Random(1), SystemClock(), Analyser()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pool.db"
        if url is None and members == members_of(posts):
            Pools(KEPT, analyser).copy(posts, file)
        database = Database(url or f"sqlite:///{file}")
        upgrade(database)
        if not is_filled(database):
            fill(Pool(database, analyser, clock.now(), rng), posts, members)
        door = Door(
            database=database,
            communities={COMMUNITY: SETTINGS},
            analyser=lambda: analyser,
            now=clock.now,
            wake=lambda _lanes: None,
            fault=log_fault,
            files=Path(folder),
        )
        tokens = _signed_in(door, members)
        with _served(door) as address:
            _report(_asked(address, tokens, _pages(Said(rng))))
        database.close()


def _pages(said: Said) -> dict[str, Callable[[], str]]:
    """The pages by name, each time with other words."""

    def words() -> str:
        return quote(said()[:12])

    return {
        "a bare page": lambda: BARE,
        "sign-in": lambda: f"{HOME}/sign-in",
        "search": lambda: f"{HOME}/find?q={words()}",
        "search in a city": lambda: f"{HOME}/find?q={words()}&city={quote('深圳')}",
        "what is new": lambda: f"{HOME}/find",
        "a post": lambda: f"{HOME}/posts/77",
        "members": lambda: f"{HOME}/members",
        "members of a name": lambda: f"{HOME}/members?name=49",
    }


def _signed_in(door: Door, members: int) -> list[str]:
    tokens = []
    with door.writing(SETTINGS) as scene:
        for number in range(1, min(BROWSERS, members) + 1):
            member = scene.session.get_one(Member, (COMMUNITY, number))
            tokens.append(devices.start(scene, member=member, device="bench"))
    return tokens


@contextmanager
def _served(door: Door) -> Iterator[str]:
    """The bot's server, in a thread of its own."""
    ready: list[tuple[asyncio.AbstractEventLoop, WebServer]] = []
    up = threading.Event()

    async def serve() -> None:
        server = WebServer(create_site(door), host="127.0.0.1", port=0)
        ready.append((asyncio.get_running_loop(), server))
        up.set()
        await server.run()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    up.wait()
    loop, server = ready[0]
    yield f"http://127.0.0.1:{server.port}"
    loop.call_soon_threadsafe(server.stop)
    thread.join()


def _asked(
    address: str, tokens: list[str], pages: dict[str, Callable[[], str]]
) -> dict[str, list[float]]:
    """Milliseconds for each page, after a round that warms up."""
    took: dict[str, list[float]] = {name: [] for name in pages}
    with Client(base_url=address, follow_redirects=False, timeout=60) as client:
        for number in range(ROUNDS + 1):
            token = tokens[number % len(tokens)]
            for name, path in pages.items():
                headers = {} if name == "sign-in" else {"cookie": f"{cookies.SIGNED_IN}={token}"}
                start = time.perf_counter()
                answer = client.get(path(), headers=headers)
                milliseconds = (time.perf_counter() - start) * 1000
                if answer.status_code != 200:
                    raise SystemExit(f"{name}: {answer.status_code}")
                if number:
                    took[name].append(milliseconds)
    return took


def _report(took: dict[str, list[float]]) -> None:
    bare = statistics.median(took["a bare page"])
    for name, times in took.items():
        middle = statistics.median(times)
        p90 = sorted(times)[int(len(times) * 0.9)]
        _say(f"{name:24} median {middle:6.1f} ms  p90 {p90:6.1f} ms  {middle / bare:5.1f} x bare")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        int(given[0]) if given else 100_000,
        int(given[1]) if given[1:] else 5_000,
        given[2] if given[2:] else None,
    )
