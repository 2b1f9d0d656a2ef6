"""Bots and peers that are gone when a test is over."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.forking import Forks
from tests.e2e.process import PATIENCE, Laoyou
from tests.onebot_peer import Peer

NewBot = Callable[..., Laoyou]
NewPeer = Callable[..., Peer]


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """One for all bots of these tests."""
    forks = Forks()
    yield forks
    forks.close()


@pytest.fixture
async def new_bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[NewBot]:
    """Bots, each with a folder of its own: ``new_bot("name", channels=[…], …)``.

    They are forked; with the marker ``installed`` they are started as an operator starts them.
    """
    installed = request.node.get_closest_marker("installed") is not None
    forks = None if installed else request.getfixturevalue("forks")
    made: list[Laoyou] = []

    def make(name: str = "bot", **config: Any) -> Laoyou:
        made.append(Laoyou(tmp_path / name, forks, **config))
        return made[-1]

    yield make
    for bot in made:
        await bot.close()


@pytest.fixture
async def new_peer() -> AsyncIterator[NewPeer]:
    """Implementations of OneBot."""
    made: list[Peer] = []

    def make(**settings: Any) -> Peer:
        made.append(Peer(patience=PATIENCE, **settings))
        return made[-1]

    yield make
    for peer in made:
        await peer.close()
