"""Bots and peers that are gone when a test is over."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.process import PATIENCE, Laoyou
from tests.onebot_peer import Peer

NewBot = Callable[..., Laoyou]
NewPeer = Callable[..., Peer]


@pytest.fixture
async def new_bot(tmp_path: Path) -> AsyncIterator[NewBot]:
    """Bots, each with a folder of its own: ``new_bot("name", channels=[…], …)``."""
    made: list[Laoyou] = []

    def make(name: str = "bot", **config: Any) -> Laoyou:
        made.append(Laoyou(tmp_path / name, **config))
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
