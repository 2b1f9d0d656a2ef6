"""Running a channel for as long as its account is ours."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.coordination.held_channels import HeldChannel
from bot.errors import StartError
from bot.faults import log_fault

MIN_BACKOFF, MAX_BACKOFF = 1.0, 60.0  # seconds before a channel that broke is run again


async def run_while_held(
    held_channel: HeldChannel, feed: Callable[..., Awaitable[None]], clock: Clock
) -> None:
    """Run the channel whenever its account is ours, until it ends by itself.

    Raises StartError for one that can never work with this configuration.
    """
    while True:
        await held_channel.held.wait()
        held_channel.idle.clear()
        running = asyncio.create_task(_run(held_channel, feed, clock))
        losing = asyncio.create_task(held_channel.lost.wait())
        try:
            await asyncio.wait((running, losing), return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                return running.result()
        finally:
            await cancel(running, losing)
            held_channel.idle.set()


async def _run(
    held_channel: HeldChannel, feed: Callable[..., Awaitable[None]], clock: Clock
) -> None:
    """A fault in one channel must cost neither the others nor its own next try."""
    channel, pause = held_channel.channel, MIN_BACKOFF
    while True:
        try:
            return await channel.run(
                partial(feed, holder=held_channel.lease, shares=held_channel.shares)
            )
        except StartError:
            raise
        except Exception as error:
            log_fault(f"{channel.name}: receiving", error)
        await clock.sleep(pause)
        pause = min(pause * 2, MAX_BACKOFF)


async def cancel(*tasks: asyncio.Task[Any]) -> None:
    """End the tasks, and wait until they have ended."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
