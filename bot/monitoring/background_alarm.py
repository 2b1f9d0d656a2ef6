"""Raising the alarm in the background: whoever finds the trouble has no time to wait for it."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.coordination.channel_runner import cancel
from bot.faults import log_fault


class BackgroundAlarm:
    """``raise_alarm`` tells of a channel in trouble, and gives the lanes with a message then."""

    def __init__(
        self, raise_alarm: Callable[[str], Awaitable[set[str]]], *, wake: Callable[[set[str]], None]
    ) -> None:
        self._raise_alarm = raise_alarm
        self._wake = wake
        self._tasks: set[asyncio.Task[None]] = set()

    def raise_alarm(self, channel: str) -> None:
        """Begin; returns at once."""
        task = asyncio.create_task(self._tell(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> bool:
        """Wait until all are told; whether there was anything to tell."""
        if not self._tasks:
            return False
        await asyncio.wait(self._tasks)
        return True

    async def stop(self) -> None:
        """Cancel what is not sent yet."""
        await cancel(*self._tasks)

    async def _tell(self, channel: str) -> None:
        try:
            self._wake(await self._raise_alarm(channel))
        except Exception as error:
            log_fault("alarm", error)
