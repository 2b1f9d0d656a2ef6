"""Ringing the alarm in the background: whoever finds the trouble has no time to wait for it."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.coordination.channel_runner import cancel
from bot.faults import log_fault


class BackgroundAlarm:
    """``ring`` tells of a channel in trouble, and gives the lanes that have a message then."""

    def __init__(
        self, ring: Callable[[str], Awaitable[set[str]]], *, wake: Callable[[set[str]], None]
    ) -> None:
        self._ring = ring
        self._wake = wake
        self._ringing: set[asyncio.Task[None]] = set()

    def ring(self, channel: str) -> None:
        """Begin; returns at once."""
        task = asyncio.create_task(self._tell(channel))
        self._ringing.add(task)
        task.add_done_callback(self._ringing.discard)

    async def settle(self) -> bool:
        """Wait until all are told; whether there was anything to tell."""
        if not self._ringing:
            return False
        await asyncio.wait(self._ringing)
        return True

    async def stop(self) -> None:
        """Whoever is not told yet hears nothing."""
        await cancel(*self._ringing)

    async def _tell(self, channel: str) -> None:
        try:
            self._wake(await self._ring(channel))
        except Exception as error:
            log_fault("alarm", error)
