"""Carrying out what the outbox holds: in order within a conversation, paced, with care."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from loguru import logger

from bot.channels.base import Channel, Sent
from bot.clock import Clock
from bot.logs import short
from bot.outbox.breaker import Breaker
from bot.outbox.pacing import Pacing
from bot.outbox.store import Job, Store
from bot.retry import until_it_works
from community.actions import Action, Send

T = TypeVar("T")

FIRST_PAUSE = 1.0  # seconds between tries while a channel is offline; doubled up to LONGEST_PAUSE
LONGEST_PAUSE = 30.0


class Sender:
    """One task for each conversation that has something to send.

    ``alarm`` is called with the name of a channel when its breaker opens.
    """

    def __init__(
        self,
        *,
        store: Store,
        channels: Mapping[str, Channel],
        pacing: Pacing,
        clock: Clock,
        alarm: Callable[[str], None],
    ) -> None:
        self._store = store
        self._channels = channels
        self._pacing = pacing
        self._clock = clock
        self._alarm = alarm
        self._breakers = {name: Breaker() for name in channels}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._stop = asyncio.Event()

    async def start(self) -> None:
        """Take up what an earlier run left."""
        for lane, times in (await asyncio.to_thread(self._store.recent)).items():
            self._pacing.restore(lane, times)
        self.wake(set(await asyncio.to_thread(self._store.recover)))

    def wake(self, lanes: set[str]) -> None:
        """These lanes may have something to send."""
        for lane in lanes:
            if lane.partition(":")[0] not in self._channels:
                logger.debug("nothing speaks to {} in this run", short(lane))
            elif lane in self._tasks:
                self._again.add(lane)
            elif not self._stop.is_set():
                self._tasks[lane] = asyncio.create_task(self._serve(lane))

    async def settle(self) -> None:
        """Wait until nothing is left to send."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def stop(self) -> None:
        """Finish what is in flight; the rest stays in the outbox for the next start."""
        self._stop.set()
        await self.settle()

    async def _serve(self, lane: str) -> None:
        try:
            while not self._stop.is_set():
                self._again.discard(lane)
                if not await self._one(lane) and lane not in self._again:
                    return
        finally:
            del self._tasks[lane]

    async def _one(self, lane: str) -> bool:
        """Send the lane's next action, if there is one."""
        channel = self._channels[lane.partition(":")[0]]
        await self._wait_for_turn(lane, channel)
        if self._stop.is_set():
            return False
        job = await self._keep_trying(lambda: self._store.next(lane))
        if job is None:
            return False
        sent = await self._perform(channel, job)
        self.wake(await self._keep_trying(lambda: self._store.record(job, sent)))
        if sent.state != "offline":
            self._pacing.note(lane, self._clock.now())
            self._judge(channel, job.action, sent)
        return True

    async def _wait_for_turn(self, lane: str, channel: Channel) -> None:
        while not self._stop.is_set():
            now = self._clock.now()
            paced = self._pacing.wait(lane, now) if channel.caps.paced else 0.0
            seconds = max(paced, self._breakers[channel.name].wait(now))
            if seconds <= 0:
                return
            await self._pause(seconds)

    async def _perform(self, channel: Channel, job: Job) -> Sent:
        """Carry it out; while the channel is offline, wait for it."""
        if not channel.caps.allow(job.action):
            return Sent("refused", detail="这个平台做不到")
        pause = FIRST_PAUSE
        while True:
            sent = await channel.perform(job.action)
            if sent.state != "offline" or self._stop.is_set():
                return sent
            await self._pause(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not beyond the stop."""
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        stopping = asyncio.ensure_future(self._stop.wait())
        _, unfinished = await asyncio.wait(
            (sleeping, stopping), return_when=asyncio.FIRST_COMPLETED
        )
        for task in unfinished:
            task.cancel()

    def _judge(self, channel: Channel, action: Action, sent: Sent) -> None:
        breaker = self._breakers[channel.name]
        if sent.state == "sent":
            if breaker.succeeded():
                logger.info("{}: 恢复发送", channel.name)
            return
        logger.warning("{}: {} → {}", channel.name, short(action.target), sent.state)
        # A stranger who takes no private messages, or a missing right, says nothing about the
        # health of the channel.
        to_group = isinstance(action, Send) and action.group is not None
        if sent.state == "refused" and not to_group:
            return
        if breaker.failed(self._clock.now()):
            self._alarm(channel.name)

    async def _keep_trying(self, work: Callable[[], T]) -> T:
        return await until_it_works(work, clock=self._clock, what="outbox")
