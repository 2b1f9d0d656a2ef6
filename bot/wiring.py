"""How the larger parts of an app are put together."""

import random
from collections.abc import Awaitable, Callable

from bot.channels.base import FiltersChatter
from bot.communities import Communities
from bot.coordination.held_channels import HeldChannels
from bot.coordination.leases import Leases
from bot.dependencies import Dependencies
from bot.incoming.dispatcher import Dispatcher
from bot.incoming.inbox import Inbox
from bot.incoming.lanes import Lanes
from bot.incoming.processor import Processor
from bot.incoming.router import Router
from bot.metrics.collector import Collector
from bot.metrics.counters import Counters
from bot.monitoring.alarm import Alarm
from bot.monitoring.background_alarm import BackgroundAlarm
from bot.monitoring.health import Health
from bot.monitoring.watchdog import Watchdog
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Sender
from bot.outbox.store import Store
from bot.retry import Retry
from bot.schedule.scheduler import Schedule
from bot.schedule.steps import Steps
from bot.schedule.ticks import Ticks


def sender(
    dependencies: Dependencies,
    store: Store,
    held_channels: HeldChannels,
    *,
    retry: Retry,
    counters: Counters,
    background_alarm: BackgroundAlarm,
) -> Sender:
    """What carries out the outbox."""
    pacing = Pacing(
        min_interval=dependencies.outbox.min_interval,
        per_hour=dependencies.outbox.per_hour,
        rng=random.Random(),
    )
    return Sender(
        store=store,
        held_channels=held_channels,
        pacing=pacing,
        clock=dependencies.clock,
        retry=retry,
        alarm=background_alarm.raise_alarm,
        counters=counters,
    )


def lanes(
    dependencies: Dependencies,
    communities: Communities,
    retry: Retry,
    counters: Counters,
    sender: Sender,
) -> Lanes:
    """What handles the inbox."""
    router = Router(dependencies.features, communities, dependencies.analysers, dependencies.clock)
    processor = Processor(dependencies.database, router, counters)
    # SQLite has one writer: more threads would only wait for each other.
    workers = 1 if dependencies.database.is_sqlite else 4
    return Lanes(
        processor.handle,
        claim_permit=sender.claim_permit,
        on_handled=sender.on_handled,
        clock=dependencies.clock,
        retry=retry,
        workers=workers,
    )


def dispatcher(
    dependencies: Dependencies, communities: Communities, inbox: Inbox, counters: Counters
) -> Dispatcher:
    """The dispatcher; busy channels get its chatter filter, to drop chatter early."""
    door = Dispatcher(
        features=dependencies.features, communities=communities, inbox=inbox, counters=counters
    )
    for channel in dependencies.channels:
        if isinstance(channel, FiltersChatter):
            channel.filter_chatter(door.ignores)
    return door


def schedule(
    dependencies: Dependencies,
    communities: Communities,
    retry: Retry,
    counters: Counters,
    *,
    inbox: Inbox,
    lanes: Lanes,
    sender: Sender,
    sweep: Callable[[], Awaitable[None]],
) -> Schedule:
    """What is done by the clock, while no message waits."""
    ticks = Ticks(
        database=dependencies.database,
        communities=communities,
        analysers=dependencies.analysers,
        clock=dependencies.clock,
        proofs=dependencies.proofs,
        retention=dependencies.retention,
        steps=Steps(busy=lambda: inbox.waiting or lanes.waiting),
    )
    return Schedule(
        ticks,
        wake=sender.wake,
        retry=retry,
        sweep=sweep,
        log_slow_handlers=lanes.log_slow_handlers,
        counters=counters,
    )


def watchdog(
    dependencies: Dependencies,
    alarm: Alarm,
    retry: Retry,
    held_channels: HeldChannels,
    sender: Sender,
    *,
    leases: Leases,
) -> Watchdog:
    """What admins should know."""
    return Watchdog(
        alarm=alarm,
        retry=retry,
        database=dependencies.database,
        channels=frozenset(held_channels.names),
        halted=sender.halted,
        disconnected=lambda: held_channels.disconnected(alone=leases.alone),
        clock=dependencies.clock,
    )


def health(
    dependencies: Dependencies, retry: Retry, counters: Counters, schedule: Schedule, lanes: Lanes
) -> Health:
    """Whether it does its work."""
    return Health(
        database=dependencies.database,
        clock=dependencies.clock,
        retry=retry,
        counters=counters,
        running=lambda: schedule.running,
        longest_handling=lanes.longest_handling,
    )


def collector(
    dependencies: Dependencies,
    counters: Counters,
    held_channels: HeldChannels,
    sender: Sender,
    lanes: Lanes,
) -> Collector:
    """What it has done, in numbers."""
    return Collector(
        database=dependencies.database,
        clock=dependencies.clock,
        counters=counters,
        held_channels=held_channels,
        halted=sender.halted,
        longest_handling=lanes.longest_handling,
    )
