"""Keeps a child process running: looks for the gateway, starts a child, waits, starts again."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

from loguru import logger

from bot.channels.backoff import Backoff
from bot.channels.untrusted import Fields
from bot.channels.wechaty.link import Address, Link, opened
from bot.channels.wechaty.status_log import REASONS, StatusLog
from bot.clock import Clock
from storage.refusals import os_error_reason

_PROBE_TIMEOUT = 5.0  # seconds for a look whether anybody listens
_END_TEXTS = {
    "lost": "与网关的连接断开",
    "hung": "网关没有动静了",
    "broken": "连接进程出错",
}

Serve = Callable[[Link], Coroutine[Any, Any, None]]


class Supervisor:
    """Runs one child after the other."""

    def __init__(
        self, address: Address, status_log: StatusLog, *, backoff: Backoff, clock: Clock
    ) -> None:
        self._address = address
        self._status_log = status_log
        self._backoff = backoff
        self._clock = clock

    async def run(self, serve: Serve) -> None:
        """Until cancelled. ``serve`` is called for each child, and ends with its events."""
        while True:
            self._status_log.connecting()
            silence = await probe(self._address.endpoint)
            ended = {"ended": "unreachable"} if silence else await self._run_child(serve)
            await self._clock.sleep(self._report_end(str(ended.get("ended")), silence))

    async def _run_child(self, serve: Serve) -> Fields:
        """One child from start to end; gives why it has ended."""
        self._backoff.connected()
        async with opened(self._address) as link:
            serving = asyncio.create_task(serve(link))
            try:
                ended = await link.read()
                await serving
            finally:
                serving.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await serving
        if ended.get("ended") == "broken":
            logger.error("微信：连接进程出错（{}）", str(ended.get("detail"))[:200])
        return ended

    def _report_end(self, why: str, silence: str) -> float:
        """Tell the operator why a child ended; gives the seconds to wait."""
        if why in REASONS:
            self._status_log.refused(why)
            return self._backoff.slow()
        if why == "unreachable":
            reason = silence or "没有响应"
            self._status_log.down(f"连不上网关 {self._address.endpoint}（{reason}）")
        else:
            self._status_log.down(_END_TEXTS.get(why, _END_TEXTS["broken"]))
        return self._backoff.next()


async def probe(endpoint: str) -> str:
    """Try to connect: why that fails; empty when somebody listens."""
    parts = urlsplit(f"//{endpoint}")
    try:
        async with asyncio.timeout(_PROBE_TIMEOUT):
            _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except TimeoutError:
        return "没有响应"
    except OSError as trouble:
        return os_error_reason(trouble)
    writer.close()
    return ""
