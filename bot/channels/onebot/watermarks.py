"""Up to when each group's messages are stored, so that gaps can be filled from the history."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from community.updates import Message, Update

Since = Callable[[str], datetime | None]
"""Group to the time of its newest update from an earlier run; None when there was none."""

OLDEST = timedelta(days=1)  # an answer that comes later than this does more harm than good


class Watermarks:
    """For each group the time up to which an account has missed nothing."""

    def __init__(self, since: Since | None, clock: Clock) -> None:
        self._since = since
        self._clock = clock
        self._heard: dict[str, datetime] = {}
        self._open: set[str] = set()  # groups whose gap could not be filled yet

    async def gap(self, group: str) -> datetime | None:
        """From when on messages may be missing; None when the bot meets the group for the first
        time: what was said before it came is not for it.
        """
        now = self._clock.now()
        heard = self._heard.get(group)
        if heard is None:
            # It asks the database, and the connection must not wait for that.
            heard = await asyncio.to_thread(self._since, group) if self._since else None
            # Messages bear whole seconds.
            self._heard[group] = heard or now.replace(microsecond=0)
        return None if heard is None else max(heard, now - OLDEST)

    def open_gap(self, group: str) -> None:
        """Keep the watermark where it is, whatever follows, until the gap is closed."""
        self._open.add(group)

    def close_gap(self, group: str) -> None:
        """What was missing has been fetched: the watermark may advance again."""
        self._open.discard(group)

    def on_stored(self, update: Update) -> None:
        """Advance by a message that is stored in the inbox."""
        if isinstance(update, Message) and update.group is not None:
            self.advance(update.group, update.time)

    def advance(self, group: str, time: datetime) -> None:
        """Raise the watermark, unless the group has an open gap."""
        heard = self._heard.get(group)
        if group not in self._open and (heard is None or heard < time):
            self._heard[group] = time


class AllWatermarks:
    """Those of each account: what one has heard, and another was to answer, that one may have
    missed.
    """

    def __init__(self, since: Since | None, clock: Clock) -> None:
        self._since = since
        self._clock = clock
        self._by_account: dict[str, Watermarks] = {}

    def of(self, account: str) -> Watermarks:
        """Those of the account with this number."""
        fresh = Watermarks(self._since, self._clock)
        return self._by_account.setdefault(account, fresh)
