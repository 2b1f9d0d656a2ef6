"""The composition root: everything is made here and handed to what needs it."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from loguru import logger

from bot.alarm import Alarm
from bot.channels.base import Channel
from bot.clock import Clock
from bot.communities import Communities, groups_of
from bot.config.sections import OutboxConfig
from bot.dispatcher import Dispatcher
from bot.inbox import Inbox
from bot.lanes import Lanes
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Sender
from bot.outbox.store import Store
from bot.processor import Processor
from bot.schedule import Schedule, Ticks
from community.settings import Settings
from handlers.framework.discovery import Features
from matching import Analyser
from storage.database import Database
from storage.queries import communities as queries
from storage.queries import inbox

GRACE = 20.0  # seconds for work in flight when the bot is asked to stop


@dataclass(frozen=True)
class Parts:
    """What an app is made of. Tests put their own channel and clock in."""

    database: Database
    settings: Sequence[Settings]
    channels: Sequence[Channel]
    features: Features
    analyser: Analyser
    clock: Clock
    outbox: OutboxConfig


class App:
    """A bot that is put together but does nothing until it is started."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._communities = Communities(parts.settings)
        channels = {channel.name: channel for channel in parts.channels}
        store = Store(parts.database, parts.clock)
        self._alarm = Alarm(communities=self._communities, channels=channels, store=store)
        self._alarms: set[asyncio.Task[None]] = set()
        self._sender = Sender(
            store=store,
            channels=channels,
            pacing=Pacing(
                min_interval=parts.outbox.min_interval,
                per_hour=parts.outbox.per_hour,
                rng=random.Random(),
            ),
            clock=parts.clock,
            alarm=self._raise_alarm,
        )
        processor = Processor(
            parts.database, parts.features, self._communities, parts.analyser, parts.clock
        )
        self._lanes = Lanes(
            processor.handle,
            wake=self._sender.wake,
            clock=parts.clock,
            # SQLite has one writer: more threads would only wait for each other.
            workers=1 if parts.database.is_sqlite else 4,
        )
        self.dispatcher = Dispatcher(
            features=parts.features,
            communities=self._communities,
            inbox=Inbox(parts.database, parts.clock),
            lanes=self._lanes,
        )
        ticks = Ticks(parts.database, self._communities, parts.analyser, parts.clock)
        self._schedule = Schedule(ticks, self._sender.wake)

    async def start(self) -> None:
        """Store the communities, take up unfinished work, start the clock."""
        for inbox_id, lane in await asyncio.to_thread(self._prepare):
            self._lanes.push(lane, inbox_id)
        await self._sender.start()
        await self._schedule.start()

    async def serve(self, stop: asyncio.Event) -> None:
        """Run the channels until all have ended, or ``stop`` is set; then finish the work.

        Raises StartError for a channel that can never work with this configuration.
        """
        running = [
            asyncio.create_task(channel.run(self.dispatcher.feed), name=channel.name)
            for channel in self._parts.channels
        ]
        ending = asyncio.create_task(self._ended(running))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((ending, stopping), return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                ending.result()
            # What is in flight needs the channels still open.
            await self.stop()
        finally:
            await _cancel(ending, stopping, *running)

    async def _ended(self, running: list[asyncio.Task[None]]) -> None:
        await asyncio.gather(*running)
        await self.settle()

    def wake(self, lanes: set[str]) -> None:
        """These conversations have something to send."""
        self._sender.wake(lanes)

    async def settle(self) -> None:
        """Wait until everything received is answered and everything due is sent."""
        await self._lanes.settle()
        await self._sender.settle()

    async def stop(self) -> None:
        """Finish what is in flight; the rest stays stored for the next start."""
        self._schedule.stop()
        try:
            async with asyncio.timeout(GRACE):
                await self._lanes.stop()
                await self._sender.stop()
        except TimeoutError:
            logger.warning("没等到进行中的工作结束；下次启动会接着做")

    def _prepare(self) -> list[tuple[int, str]]:
        with self._parts.database.begin() as session:
            for one in self._parts.settings:
                queries.ensure(
                    session,
                    community_id=one.id,
                    name=one.name,
                    groups=groups_of(one),
                    now=self._parts.clock.now(),
                )
            return inbox.unfinished(session)

    def _raise_alarm(self, channel: str) -> None:
        async def ring() -> None:
            self._sender.wake(await self._alarm.ring(channel))

        task = asyncio.create_task(ring())
        self._alarms.add(task)
        task.add_done_callback(self._alarms.discard)


async def _cancel(*tasks: asyncio.Task[None] | asyncio.Task[bool]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
