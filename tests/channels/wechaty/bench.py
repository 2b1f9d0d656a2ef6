"""A channel under test, and what it feeds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from bot.channels.wechaty import Address, Wechaty
from tests.channels.onebot.bench import Heard
from tests.e2e.gateway import TOKEN, Gateway

ROOM = "r1@chatroom"
GROUP = f"wechaty:{ROOM}"
QUICK = Address("", TOKEN, patience=3.0, pulse=0.5, silence=10.0)


def channel_to(gateway: Gateway, *, groups: tuple[str, ...] = (GROUP,), **more: Any) -> Wechaty:
    """A channel to this gateway. Its time-outs are short; ``address`` has others."""
    address = more.pop("address", QUICK)
    return Wechaty(replace(address, endpoint=gateway.endpoint), groups=groups, **more)


@asynccontextmanager
async def running(channel: Wechaty) -> AsyncIterator[Heard]:
    """The channel receives."""
    heard = Heard()
    task = asyncio.create_task(channel.run(heard.feed))
    try:
        yield heard
    finally:
        task.cancel()
        await asyncio.wait([task])
