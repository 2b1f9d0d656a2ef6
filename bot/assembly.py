"""How the larger parts of an app are put together."""

import random

from bot.channels.base import Sifting
from bot.communities import Communities
from bot.incoming.dispatcher import Dispatcher
from bot.incoming.hearing import Hearing
from bot.incoming.inbox import Inbox
from bot.incoming.lanes import Lanes
from bot.incoming.processor import Processor
from bot.metrics.meter import Meter
from bot.metrics.tally import Tally
from bot.outbox.pacing import Pacing
from bot.outbox.sender import Sender
from bot.outbox.store import Store
from bot.parts import Parts
from bot.retry import Retry
from bot.schedule.scheduler import Schedule
from bot.sharing.holdings import Holdings
from bot.sharing.leases import Leases
from bot.watching.alarm import Alarm
from bot.watching.bell import Bell
from bot.watching.health import Health
from bot.watching.worries import Worries


def sender(
    parts: Parts, store: Store, holdings: Holdings, *, retry: Retry, tally: Tally, bell: Bell
) -> Sender:
    """What carries out the outbox."""
    pacing = Pacing(
        min_interval=parts.outbox.min_interval,
        per_hour=parts.outbox.per_hour,
        rng=random.Random(),
    )
    return Sender(
        store=store,
        holdings=holdings,
        pacing=pacing,
        clock=parts.clock,
        retry=retry,
        alarm=bell.ring,
        tally=tally,
    )


def lanes(
    parts: Parts, communities: Communities, retry: Retry, tally: Tally, sender: Sender
) -> Lanes:
    """What handles the inbox."""
    hearing = Hearing(parts.features, communities, parts.analysers, parts.clock)
    processor = Processor(parts.database, hearing, tally)
    # SQLite has one writer: more threads would only wait for each other.
    workers = 1 if parts.database.is_sqlite else 4
    return Lanes(
        processor.handle,
        ready=sender.ready,
        heed=sender.heed,
        clock=parts.clock,
        retry=retry,
        workers=workers,
    )


def dispatcher(parts: Parts, communities: Communities, inbox: Inbox, tally: Tally) -> Dispatcher:
    """The door, which channels that hear much ask beforehand what it would drop."""
    door = Dispatcher(features=parts.features, communities=communities, inbox=inbox, tally=tally)
    for channel in parts.channels:
        if isinstance(channel, Sifting):
            channel.sift(door.ignores)
    return door


def worries(
    parts: Parts,
    alarm: Alarm,
    retry: Retry,
    holdings: Holdings,
    sender: Sender,
    *,
    leases: Leases,
) -> Worries:
    """What admins should know."""
    return Worries(
        alarm=alarm,
        retry=retry,
        database=parts.database,
        channels=frozenset(holdings.names),
        halted=sender.halted,
        away=lambda: holdings.away(alone=leases.alone),
        clock=parts.clock,
    )


def health(parts: Parts, retry: Retry, tally: Tally, schedule: Schedule, lanes: Lanes) -> Health:
    """Whether it does its work."""
    return Health(
        database=parts.database,
        clock=parts.clock,
        retry=retry,
        tally=tally,
        running=lambda: schedule.running,
        busiest=lanes.busiest,
    )


def meter(parts: Parts, tally: Tally, holdings: Holdings, sender: Sender, lanes: Lanes) -> Meter:
    """What it has done, in numbers."""
    return Meter(
        database=parts.database,
        clock=parts.clock,
        tally=tally,
        holdings=holdings,
        halted=sender.halted,
        busiest=lanes.busiest,
    )
