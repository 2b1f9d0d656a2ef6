"""In which groups an account of another process answers, though one of ours sits there, too."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.clock import Clock

PATIENCE = timedelta(minutes=2)  # without another command; its account may be gone


class Neighbours:
    """Who takes what is said in a group speaks there as well: each process keeps a pace of its own,
    and two would be too fast together.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, datetime] = {}
        self._present: set[int] = set()

    def note_theirs(self, group: str) -> None:
        """Another process has taken what was said in a group."""
        self._heard[group] = self._clock.now()

    def note_ours(self, group: str) -> None:
        """This process has taken it."""
        self._heard.pop(group, None)

    def note_present(self, present: Collection[int]) -> None:
        """The numbers that are held now: one that is gone may be that of any neighbour."""
        if self._present - set(present):
            self._heard.clear()
        self._present = set(present)

    def answers(self, group: str) -> bool:
        """Whether what is to be said in a group is left to another process."""
        heard = self._heard.get(group)
        return heard is not None and self._clock.now() - heard < PATIENCE
