"""The two that are compared: how each gets its pool, and how it is started."""

import re
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx2
import yaml

from bench.driver.running import Running
from bench.made_up import COMMUNITY
from bench.peer.store import Store
from bench.pools import Pools, copy

ROOT = Path(__file__).parents[2]
_IGNORED = re.compile(
    r'laoyou_updates_received_total\{channel="onebot",result="ignored"\} ([\d.e+]+)'
)
PEER = ROOT / ".venv-bench/bin/python"

Layout = Sequence[Sequence[int]]
"""The groups of each community; the first community has the pool."""


class Side(Protocol):
    """A bot that can be measured."""

    @property
    def name(self) -> str: ...

    def prepare(self, folder: Path, posts: int, layout: Layout) -> None: ...

    def start(self, folder: Path, port: int) -> Running: ...

    def overheard(self, port: int) -> int | None:
        """How many messages it has read that were not for it; None where it does not tell."""


@dataclass(frozen=True)
class Ours:
    """``laoyou run``, without limits and without pauses between two messages."""

    pools: Pools
    name: str = "ours"

    def prepare(self, folder: Path, posts: int, layout: Layout) -> None:
        """A folder with the pool and what goes into ``config.yaml``."""
        self.pools.copy(posts, folder / "data/laoyou.db")
        config = {
            "channels": [{"type": "onebot", "access_token": ""}],
            "communities": [_community(at, groups) for at, groups in enumerate(layout)],
            "limits": {"posts_per_day": 0, "commands_per_minute": 0},
            "outbox": {"min_interval": 0, "per_hour": 0},
        }
        (folder / "wanted.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")

    def start(self, folder: Path, port: int) -> Running:
        """The way an operator starts it."""
        wanted = yaml.safe_load((folder / "wanted.yaml").read_text(encoding="utf-8"))
        config = {**wanted, "web": {"listen": f"127.0.0.1:{port}"}}
        (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        return Running([str(Path(sys.executable).with_name("laoyou")), "run"], folder)

    def overheard(self, port: int) -> int | None:
        """As its own metrics say."""
        told = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
        found = _IGNORED.search(told)
        return int(float(found[1])) if found else 0


@dataclass(frozen=True)
class Peer:
    """``bench/peer``, in the environment of its own packages. It has one pool for all groups."""

    pools: Pools
    name: str = "peer"

    def prepare(self, folder: Path, posts: int, layout: Layout) -> None:  # noqa: ARG002
        """A folder with the same texts."""
        copy(self._filled(posts), folder / "peer.db")

    def start(self, folder: Path, port: int) -> Running:
        """With our modules in reach, and nothing else of ours."""
        command = [str(PEER), "-m", "bench.peer", str(port), "peer.db"]
        return Running(command, folder, PYTHONPATH=str(ROOT))

    def overheard(self, port: int) -> int | None:  # noqa: ARG002
        """NoneBot makes a task of each event, so none is lost, and counts nothing."""
        return None

    def _filled(self, posts: int) -> Path:
        source = self.pools.at(posts)
        file = source.with_name(f"peer-{source.name}")
        if not file.exists() or file.stat().st_mtime < source.stat().st_mtime:
            rough = file.with_suffix(".part")
            rough.unlink(missing_ok=True)
            store = Store(rough)
            with closing(sqlite3.connect(source)) as ours:
                store.fill(ours.execute("SELECT kind, author_id, text FROM post ORDER BY id"))
            store.close()
            rough.replace(file)
        return file


def _community(at: int, groups: Sequence[int]) -> dict[str, object]:
    addresses = [f"onebot:{group}" for group in groups]
    return {"id": f"c{at}" if at else COMMUNITY, "name": f"群{at}", "groups": addresses}
