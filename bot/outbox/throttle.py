"""What holds a send up: a conversation's pace, an account's pace, an account in trouble."""

from collections.abc import Callable, Iterable

from loguru import logger

from bot.channels.base import Channel, Sent, account_of
from bot.clock import Clock
from bot.logs import masked
from bot.outbox.breaker import Breaker
from bot.outbox.job import Job
from bot.outbox.pacing import Pacing
from community.actions import Action, Send


class Throttle:
    """One breaker for each account, and the pacing of all. Channels without a pace have none.

    ``alarm`` is called with the name of a channel when the breaker of an account opens.
    """

    def __init__(
        self,
        channels: Iterable[Channel],
        *,
        pacing: Pacing,
        clock: Clock,
        alarm: Callable[[str], None],
    ) -> None:
        self.pacing = pacing
        self._channels = list(channels)
        self._breakers = {account_of(one): Breaker() for one in self._channels}
        self._clock = clock
        self._alarm = alarm

    def halted(self) -> frozenset[str]:
        """Channels with an account whose breaker is open."""
        return frozenset(one.name for one in self._channels if self._is_halted(one))

    def may_send(self, lane: str, channel: Channel) -> bool:
        """Whether something may be sent there now; what would be a trial has to wait its turn."""
        if not channel.caps.paced:
            return True
        if self._is_halted(channel):
            return False
        account, now = account_of(channel), self._clock.now()
        return not self.pacing.lane_wait(lane, now) and not self.pacing.account_wait(account, now)

    def account_wait(self, channel: Channel) -> float:
        """Seconds until the account may send something, to whomever; 0.0 is now."""
        if not channel.caps.paced:
            return 0.0
        account, now = account_of(channel), self._clock.now()
        return max(self._breakers[account].wait(now), self.pacing.account_wait(account, now))

    def record_start(self, channel: Channel) -> None:
        """From now on others wait for the account's interval, and for the trial if this is one."""
        account, now = account_of(channel), self._clock.now()
        self._breakers[account].record_attempt(now)
        self.pacing.record_start(account, now)

    def record_result(self, channel: Channel, job: Job, sent: Sent) -> None:
        """Something was tried: the pace counts it, and the breaker looks how it went."""
        if not channel.caps.paced:
            return
        if sent.state == "offline":
            self._breakers[account_of(channel)].record_unsent(self._clock.now())
            return
        if isinstance(job.action, Send):
            self.pacing.record_send(job.lane, self._clock.now())
        self._update_breaker(channel, job.action, sent)

    def _is_halted(self, channel: Channel) -> bool:
        return self._breakers[account_of(channel)].open_until is not None

    def _update_breaker(self, channel: Channel, action: Action, sent: Sent) -> None:
        breaker = self._breakers[account_of(channel)]
        if sent.state == "sent":
            # Who is muted can still set cards.
            if isinstance(action, Send) and breaker.record_success():
                logger.info("{}：恢复发送", channel.name)
            return
        logger.warning("{}: {} → {}", channel.name, masked(action.target), sent.state)
        # A stranger who takes no private messages, or a missing right, says nothing about the
        # health of the account.
        to_group = isinstance(action, Send) and action.group is not None
        if sent.state == "refused" and not to_group:
            return
        if breaker.record_failure(self._clock.now()):
            self._alarm(channel.name)
