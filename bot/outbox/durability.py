"""Which of the sender's transactions have to be flushed to the disk before it goes on. Pure.

One that need not survives the death of the process at once, and a failure of the power as soon as
anything else is flushed. A lost claim costs nothing: what was being sent is repeated anyway. A lost
success is sent again, so these are few: those of a second, and one for each conversation.
"""

from datetime import datetime, timedelta

from bot.channels.base import Sent

SPAN = timedelta(seconds=1)


class Durability:
    """The successes that are not flushed yet."""

    def __init__(self) -> None:
        # Lanes whose next action waited when the last was recorded.
        self._unflushed: set[str] = set()
        self._flushed: datetime | None = None

    def must_flush_claim(self, lane: str) -> bool:
        """Whether the success before it may not be flushed yet. What is put into the lane later
        flushes it.
        """
        return lane in self._unflushed

    def must_flush_record(self, sent: Sent, now: datetime) -> bool:
        """Whether how it went is worth a wait. Only what went well may be told twice."""
        recent = self._flushed is not None and abs(now - self._flushed) < SPAN
        return sent.state != "sent" or not recent

    def on_claimed(self, lane: str) -> None:
        """The lane's next action is about to be sent."""
        self._unflushed.discard(lane)

    def on_recorded(self, lane: str, now: datetime, *, flushed: bool, more: bool) -> None:
        """It is written how an action went; ``more``: the lane's next one waits already."""
        if flushed:
            self._flushed = now
        elif more:
            self._unflushed.add(lane)
