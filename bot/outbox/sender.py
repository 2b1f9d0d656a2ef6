"""Sending what the outbox holds: in order within a conversation, and paced."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import partial

from loguru import logger

from bot.channels.base import Channel, Sent, account_of
from bot.clock import Clock
from bot.coordination.held_channels import HeldChannels
from bot.faults import log_fault
from bot.logs import masked
from bot.metrics.counters import Counters
from bot.outbox.durability import Durability
from bot.outbox.job import ClaimPermit, Handled, Job
from bot.outbox.pacing import Pacing
from bot.outbox.priority import PriorityLock
from bot.outbox.store import Store
from bot.outbox.throttle import Throttle
from bot.retry import Retry

MIN_BACKOFF = 1.0  # seconds between tries while a channel is offline; doubled up to MAX_BACKOFF
MAX_BACKOFF = 30.0
LONG_WAIT = 300.0  # a lane that has to wait longer is worth a line in the log
SEND_TIMEOUT = 180.0  # for one action; well below the time after which it is taken for lost


class Sender:
    """One task for each conversation that has something to send.

    ``alarm`` is called with the name of a channel when the breaker of an account opens.
    """

    def __init__(
        self,
        *,
        store: Store,
        held_channels: HeldChannels,
        pacing: Pacing,
        clock: Clock,
        retry: Retry,
        alarm: Callable[[str], None],
        timeout: float = SEND_TIMEOUT,
        counters: Counters | None = None,
    ) -> None:
        self._store = store
        self._held_channels = held_channels
        self._clock = clock
        self._retry = retry
        self._timeout = timeout
        self._counters = counters or Counters()
        channels = {held_channel.name: held_channel.channel for held_channel in held_channels.all}
        self._throttle = Throttle(channels.values(), pacing=pacing, clock=clock, alarm=alarm)
        self._locks = {account: PriorityLock() for account in channels}
        self._slots = {
            account: _slots(one.caps.max_concurrent) for account, one in channels.items()
        }
        self._tasks: dict[str, asyncio.Task[None]] = {}
        # Lanes whose platform asked for patience.
        self._deferred: dict[str, asyncio.Task[None]] = {}
        self._woken: set[str] = set()
        self._claimed: dict[str, Job] = {}  # claimed by the handling of an update; not begun yet
        self._unconfirmed: set[str] = set()  # lanes in which something may be claimed, by nobody
        self._durability = Durability()
        self._stop = asyncio.Event()

    async def start(self) -> None:
        """Take up what an earlier run left."""
        await self.load_recent_sends()
        self.wake(await asyncio.to_thread(self._store.lanes))

    async def load_recent_sends(self) -> None:
        """Count what others have sent in the last hour."""
        for lane, times in (await asyncio.to_thread(self._store.recent_sends)).items():
            self._throttle.pacing.restore(lane, times)

    def wake(self, lanes: set[str]) -> None:
        """These lanes may have something to send."""
        for lane in lanes:
            if not self._held_channels.serves(lane):
                logger.debug("nothing here speaks to {} now", masked(lane))
            elif lane in self._tasks or not (lane in self._deferred or self._stop.is_set()):
                self._ensure_task(lane)

    def claim_permit(self, lane: str) -> ClaimPermit | None:
        """Permit to claim what is next in the lane, if it could be sent at once.

        Until it is taken this may change, and then it is given back: what is claimed does not wait.
        """
        channel = self._held_channels.route(lane)
        if channel is None or lane in self._tasks or lane in self._unconfirmed:
            return None
        if not self._can_send_now(lane, channel):
            return None
        holder = self._held_channels.holder(lane)
        return ClaimPermit(lane, partial(self._store.claim_in, lane=lane, holder=holder))

    def on_handled(self, lane: str, handled: Handled) -> None:
        """An update of the lane was handled: send what was taken out, and look at other lanes."""
        lanes, job = handled.lanes, handled.job
        if handled.already_handled:
            self._unconfirmed.add(lane)
            self.wake({lane})
        elif job is not None:
            # What follows it in its lane is found when it is done.
            lanes = lanes - {job.lane}
            self._durability.on_claimed(job.lane)
            self._claimed[job.lane] = job
            self._ensure_task(job.lane)
        elif lane in lanes and (channel := self._held_channels.route(lane)) is not None:
            self._locks[account_of(channel)].prioritize(lane)
        self.wake(lanes)

    def _ensure_task(self, lane: str) -> None:
        if lane in self._tasks:
            self._woken.add(lane)
        else:
            self._tasks[lane] = asyncio.create_task(self._serve(lane))

    def halted(self) -> frozenset[str]:
        """Channels with an account whose breaker is open."""
        return self._throttle.halted()

    async def settle(self) -> None:
        """Wait until nothing is left that can be sent now."""
        while self._tasks:
            await asyncio.wait(self._tasks.values())

    async def stop(self) -> None:
        """Finish what is in flight; the rest stays in the outbox for the next start."""
        self._stop.set()
        await self.settle()
        if self._deferred:
            await asyncio.wait(self._deferred.values())

    async def _serve(self, lane: str) -> None:
        pause = MIN_BACKOFF
        try:
            while True:
                self._woken.discard(lane)
                job = await self._take_claimed(lane)
                channel = self._held_channels.route(lane)
                if self._stop.is_set() or channel is None or lane in self._deferred:
                    return
                sent = await (self._begin(channel, job) if job else self._send_next(lane, channel))
                if lane not in self._woken:
                    return
                if sent is not None and sent.retry_after:
                    self._deferred[lane] = asyncio.create_task(
                        self._wake_after(lane, sent.retry_after)
                    )
                    return
                if sent is not None and sent.state == "offline":
                    await self._pause(pause)
                    pause = min(pause * 2, MAX_BACKOFF)
                else:
                    pause = MIN_BACKOFF
        except Exception as error:  # the next sweep wakes the lane again
            log_fault(f"sending to {masked(lane)}", error)
        finally:
            del self._tasks[lane]
            for lock in self._locks.values():
                lock.deprioritize(lane)
            if lane in self._claimed:
                self._ensure_task(lane)

    async def _take_claimed(self, lane: str) -> Job | None:
        """What is claimed already and can be sent at once. All else that is claimed in the lane
        waits again; nobody but the task of the lane has anything in hand there.
        """
        channel, job = self._held_channels.route(lane), self._claimed.pop(lane, None)
        if job is not None and (channel is None or not self._can_send_now(lane, channel)):
            await self._retry.until_it_works(partial(self._store.unclaim, job))
            job = None
        elif job is None and lane in self._unconfirmed:
            holder = self._held_channels.holder(lane)
            await self._retry.until_it_works(partial(self._store.release, lane, holder))
            self._unconfirmed.discard(lane)
        return job

    async def _wake_after(self, lane: str, seconds: float) -> None:
        await self._pause(seconds)
        del self._deferred[lane]
        self.wake({lane})

    async def _send_next(self, lane: str, channel: Channel) -> Sent | None:
        """Send the lane's next action, if there is one."""
        if channel.caps.paced and not await self._wait_for_pace(lane):
            return None
        # What waits for its turn is not claimed yet: claimed for long, it would be taken for lost.
        async with self._slots[account_of(channel)]:
            return await self._claim_and_send(lane, channel)

    async def _claim_and_send(self, lane: str, channel: Channel) -> Sent | None:
        async with self._locks[account_of(channel)].hold(lane):
            while not self._stop.is_set() and (seconds := self._throttle.account_wait(channel)) > 0:
                await self._pause(seconds)
            # While it waited, the account may have gone to another process.
            if self._stop.is_set() or self._held_channels.route(lane) is not channel:
                return None
            job = await self._claim(lane)
            if job is None:
                return None
            sending = self._begin(channel, job)
        return await sending

    def _can_send_now(self, lane: str, channel: Channel) -> bool:
        """Whether something could be sent there without any wait."""
        if self._stop.is_set() or lane in self._deferred or channel.caps.max_concurrent:
            return False
        if channel.caps.paced and self._locks[account_of(channel)].locked:
            return False
        return self._throttle.may_send(lane, channel)

    def _begin(self, channel: Channel, job: Job) -> Awaitable[Sent]:
        """Not a coroutine: when this returns, it is known that something is being sent."""
        self._throttle.record_start(channel)
        return self._carry_out(channel, job)

    async def _carry_out(self, channel: Channel, job: Job) -> Sent:
        sent = await self._perform(channel, job)
        self._throttle.record_result(channel, job, sent)
        await self._record(job, sent)
        return sent

    async def _claim(self, lane: str) -> Job | None:
        durable, holder = self._durability.must_flush_claim(lane), self._held_channels.holder(lane)
        claim = partial(self._store.claim_next, lane, holder, durable=durable)
        job = await self._retry.until_it_works(claim)
        self._durability.on_claimed(lane)
        return job

    async def _wait_for_pace(self, lane: str) -> bool:
        """Wait until the lane's pacing lets it send. False: nothing is left to do."""
        while (seconds := self._throttle.pacing.lane_wait(lane, self._clock.now())) > 0:
            kind = await self._retry.until_it_works(lambda: self._store.next_kind(lane))
            if kind != "message":  # approvals and cards are not what fills a group
                return kind == "other"
            if seconds >= LONG_WAIT:
                minutes = round(seconds / 60)
                logger.warning("{}：这一小时发得够多了，{} 分钟后再发", masked(lane), minutes)
            await self._pause(seconds)
            if self._stop.is_set():
                return False
        return True

    async def _perform(self, channel: Channel, job: Job) -> Sent:
        if not channel.caps.allow(job.action):
            return Sent("refused", detail="这个平台做不到")
        try:
            # The reader of a console may take his time, and mail has a patience of its own; a chat
            # platform answers or never will.
            async with asyncio.timeout(self._timeout if channel.caps.paced else None):
                return await channel.perform(job.action)
        except TimeoutError:
            return Sent("unknown", detail="渠道没有回应")
        except Exception as error:  # against its contract; it may have gone out none the less
            log_fault(f"{channel.name}: action {job.id}", error)
            return Sent("unknown", detail=type(error).__name__)

    async def _record(self, job: Job, sent: Sent) -> None:
        now = self._clock.now()
        self._counters.count_sent(job.lane, sent.state, row=job.id, now=now)
        durable = self._durability.must_flush_record(sent, now)
        record = partial(self._store.record, job, sent, durable=durable)
        try:
            lanes = await self._retry.until_it_works(record)
        except Exception as error:  # it is out; left as it is, it would be sent again
            log_fault(f"action {job.id} is done but for its details", error)
            await self._retry.until_it_works(lambda: self._store.close(job))
            lanes = {job.lane}
        self._durability.on_recorded(job.lane, now, flushed=durable, more=job.lane in lanes)
        self.wake(lanes)

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not beyond the stop."""
        sleeping = asyncio.ensure_future(self._clock.sleep(seconds))
        stopping = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait((sleeping, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            stopping.cancel()


def _slots(max_concurrent: int) -> AbstractAsyncContextManager[None]:
    return asyncio.Semaphore(max_concurrent) if max_concurrent else nullcontext()
