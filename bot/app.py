"""The composition root: everything is made here and handed to what needs it."""

import asyncio

from loguru import logger

from bot import wiring
from bot.communities import Communities, groups_of
from bot.coordination.channel_runner import cancel, run_while_held
from bot.coordination.held_channels import HeldChannels
from bot.coordination.leases import LeaseCallbacks, Leases
from bot.coordination.neighbours import Neighbours
from bot.coordination.recovery import Recovery
from bot.dependencies import Dependencies
from bot.incoming.inbox import Inbox
from bot.metrics.counters import Counters
from bot.monitoring.alarm import Alarm
from bot.monitoring.background_alarm import BackgroundAlarm
from bot.outbox.store import Store
from bot.retry import Retry
from bot.timeouts import in_time
from storage.database import serves_nothing
from storage.queries import communities as queries

GRACE = 20.0  # seconds for work in flight when the bot is asked to stop


class App:
    """A bot that is put together but does nothing until it is started."""

    def __init__(self, dependencies: Dependencies) -> None:
        self._dependencies = dependencies
        database, clock = dependencies.database, dependencies.clock
        self.communities = communities = Communities(dependencies.settings)
        counters = Counters()
        self._retry = retry = Retry(clock)
        self._store = store = Store(database, clock)
        self._stopping: asyncio.Task[None] | None = None

        self._leases = Leases(database, self._lease_callbacks())
        instance_id = self._leases.instance_id
        neighbours = Neighbours(clock)
        self._held_channels = held_channels = HeldChannels(
            dependencies.channels, instance_id=instance_id, neighbours=neighbours
        )
        self._recovery = Recovery(
            database,
            clock,
            instance_id=instance_id,
            own_numbers=lambda: held_channels.holder_numbers,
            neighbours=neighbours,
        )

        alarm = Alarm(
            communities=communities,
            held_channels=held_channels,
            store=store,
            retry=retry,
            mail=dependencies.alerts,
        )
        self._background_alarm = BackgroundAlarm(alarm.raise_alarm, wake=self.wake)
        self._sender = sender = wiring.sender(
            dependencies,
            store,
            held_channels,
            retry=retry,
            counters=counters,
            background_alarm=self._background_alarm,
        )
        self._lanes = lanes = wiring.lanes(dependencies, communities, retry, counters, sender)
        self._inbox = inbox = Inbox(
            database,
            clock=clock,
            retry=retry,
            push=lanes.push,
            instance_id=instance_id,
            own_numbers=lambda: held_channels.holder_numbers,
            neighbours=neighbours,
        )
        self.dispatcher = wiring.dispatcher(dependencies, communities, inbox, counters)

        self._schedule = schedule = wiring.schedule(
            dependencies,
            communities,
            retry,
            counters,
            inbox=inbox,
            lanes=lanes,
            sender=sender,
            sweep=self.sweep,
        )
        self._watchdog = wiring.watchdog(
            dependencies, alarm, retry, held_channels, sender, leases=self._leases
        )
        self.health = wiring.health(dependencies, retry, counters, schedule, lanes)
        self.collector = wiring.collector(dependencies, counters, held_channels, sender, lanes)

    @property
    def hanging(self) -> bool:
        """A handler has not come back; its thread keeps the process from ending."""
        return self._lanes.hanging

    async def start(self) -> None:
        """Store the communities, take up unfinished work, start the clock."""
        await self._leases.connect()
        self._take_up(await asyncio.to_thread(self._prepare))
        await self._sender.start()
        await self._schedule.start()
        # Not before: whoever has an account has to be ready for it.
        self._dependencies.database.serves = self._held_channels.serves
        self._leases.start(self._held_channels)

    async def serve(self, stop: asyncio.Event) -> None:
        """Run the channels until all have ended, or ``stop`` is set; then finish the work.

        Raises StartError for a channel that can never work with this configuration.
        """
        running = [
            asyncio.create_task(
                run_while_held(held_channel, self.dispatcher.feed, self._dependencies.clock),
                name=held_channel.channel.name,
            )
            for held_channel in self._held_channels.all
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
            await cancel(ending, stopping, *running)
            await in_time(GRACE, self._inbox.settle())

    def halt(self) -> None:
        """Begin nothing that takes long: it shall be stopped, and may not even have started."""
        self._schedule.halt()

    def wake(self, lanes: set[str]) -> None:
        """These conversations have something to send."""
        self._sender.wake(lanes)

    async def settle(self) -> None:
        """Wait until everything received is answered and everything due is sent."""
        await self._lanes.settle()
        await self._sender.settle()
        while await self._background_alarm.settle():
            await self._sender.settle()

    async def sweep(self) -> None:
        """Take up what waits in the database though no living process holds it."""
        self._sender.wake(await self._retry.once(self._store.release_stale))
        self._take_up(await self._retry.once(self._recovery.orphaned))
        self._sender.wake(await self._watchdog.check())

    async def stop(self) -> None:
        """Finish what is in flight; the rest stays stored for the next start. Once is enough."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop())
        await asyncio.shield(self._stopping)

    async def _stop(self) -> None:
        self._schedule.stop()
        handled = await in_time(GRACE, self._lanes.stop())
        # Also when a handler hangs, what is being sent shall come to its end.
        sent = await in_time(GRACE if handled else GRACE / 4, self._sender.stop())
        if not (handled and sent):
            logger.warning("没等到进行中的工作结束；下次启动会接着做")
        await self._background_alarm.stop()
        self._dependencies.database.serves = serves_nothing
        await self._leases.stop(self._held_channels)

    async def _ended(self, running: list[asyncio.Task[None]]) -> None:
        await asyncio.gather(*running)
        await self.settle()

    def _prepare(self) -> list[tuple[int, str]]:
        for one in self._dependencies.settings:
            # One at a time, like whoever else locks a community.
            with self._dependencies.database.begin() as session:
                queries.ensure(
                    session,
                    community_id=one.id,
                    name=one.name,
                    groups=groups_of(one),
                    now=self._dependencies.clock.now(),
                )
        return self._recovery.at_start()

    def _take_up(self, rows: list[tuple[int, str]]) -> None:
        for inbox_id, lane in rows:
            self._lanes.push(lane, inbox_id)

    def _lease_callbacks(self) -> LeaseCallbacks:
        async def take_over(lease: int) -> None:
            self._take_up(await self._retry.once(lambda: self._recovery.take_over(lease)))
            await self._sender.load_recent_sends()

        async def adopt() -> bool:
            alone, rows = await self._retry.once(self._recovery.adopt_dead)
            self._take_up(rows)
            return alone

        async def wake_all() -> None:
            self._sender.wake(await self._retry.once(self._store.lanes))

        return LeaseCallbacks(take_over=take_over, adopt=adopt, wake_all=wake_all, wake=self.wake)
