"""The other end of a channel."""

from collections.abc import AsyncIterator

import pytest

from tests.channels.onebot.bench import GROUP
from tests.onebot_peer import Peer


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    """NapCat, with a group of three people."""
    peer = Peer()
    peer.seat(GROUP, peer.number, "助教", role="admin")
    peer.seat(GROUP, 20002000, "小明", card="张三")
    peer.seat(GROUP, 30003000, "小红")
    yield peer
    await peer.close()
