"""Running a channel for as long as its account is ours."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.errors import StartError
from bot.faults import log_fault
from bot.sharing.holdings import Holding

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a channel that broke is run again


async def attend(holding: Holding, feed: Callable[..., Awaitable[None]], clock: Clock) -> None:
    """Run the channel whenever its account is ours, until it ends by itself.

    Raises StartError for one that can never work with this configuration.
    """
    while True:
        await holding.held.wait()
        holding.idle.clear()
        running = asyncio.create_task(_run(holding, feed, clock))
        losing = asyncio.create_task(holding.lost.wait())
        try:
            await asyncio.wait((running, losing), return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                return running.result()
        finally:
            await cancel(running, losing)
            holding.idle.set()


async def _run(holding: Holding, feed: Callable[..., Awaitable[None]], clock: Clock) -> None:
    """A fault in one channel must cost neither the others nor its own next try."""
    channel, pause = holding.channel, FIRST_PAUSE
    while True:
        try:
            return await channel.run(partial(feed, holder=holding.lease))
        except StartError:
            raise
        except Exception as error:
            log_fault(f"{channel.name}: receiving", error)
        await clock.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """End the tasks, and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
