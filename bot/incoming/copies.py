"""Taking one of the copies of what several processes are told, each by an account of its own."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.clock import Clock
from bot.coordination.neighbours import Neighbours
from storage.queries.traffic.copies import Stance
from storage.queries.traffic.inbox import Received

MOMENT = 2.0  # seconds that the one whose turn it is has for it

_SPEAKER: tuple[Stance, ...] = ("defer", "take")
_MUTE: tuple[Stance, ...] = ("yield", "yield", "take")  # who can speak there comes before it

Outcome = Literal["stored", "known", "elsewhere", "later"]
"""``elsewhere``: another process has taken a copy; ``later``: it may yet do so."""


@dataclass(frozen=True)
class Offer:
    """What is to be stored. ``stance`` where other processes may be told the same; see there."""

    row: Received
    stance: Stance | None = None


class Copies:
    """Who took the last message of a group takes the next one, so that one account answers there
    and in order. The others wait a moment; what nobody has taken by then is theirs.
    """

    def __init__(
        self,
        offer: Callable[[Offer], asyncio.Future[Outcome]],
        *,
        clock: Clock,
        neighbours: Neighbours | None,
    ) -> None:
        self._offer = offer
        self._clock = clock
        self._neighbours = neighbours or Neighbours(clock)
        self._waiting: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[Outcome]] = set()

    async def store(self, row: Received, *, speaks: bool) -> Outcome:
        """Take the copy, or leave it to another process. Never ``later``.

        ``speaks``: the account may speak there. Who is cancelled here leaves it behind, like any.
        """
        stances = _SPEAKER if speaks else _MUTE
        # In line at once, unless it would overtake what came before it.
        first = None if self._waiting[row.lane] else self._offer(Offer(row, stances[0]))
        task = asyncio.create_task(self._store(row, first, stances[1:]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(task)

    async def settle(self) -> None:
        """Wait until all are taken, by whomever."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _store(
        self, row: Received, first: asyncio.Future[Outcome] | None, stances: Sequence[Stance]
    ) -> Outcome:
        outcome = "later" if first is None else await first
        if outcome == "later":
            outcome = await self._wait(row, stances)
        if row.sender is not None and outcome == "elsewhere":
            self._neighbours.note_theirs(row.lane)
        elif row.sender is not None and outcome == "stored":
            self._neighbours.note_ours(row.lane)
        return outcome

    async def _wait(self, row: Received, stances: Sequence[Stance]) -> Outcome:
        outcome: Outcome = "later"
        self._waiting[row.lane] += 1
        try:
            for stance in stances:
                await self._clock.sleep(MOMENT)
                outcome = await self._offer(Offer(row, stance))
                if outcome != "later":
                    break
        finally:
            self._waiting[row.lane] -= 1
        return outcome
