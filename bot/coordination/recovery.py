"""What other processes left behind, and what this one finds when it starts."""

from collections.abc import Callable, Collection
from datetime import timedelta

from bot.clock import Clock
from storage.database import Database
from storage.presence import is_mark, standing
from storage.queries.traffic import claims, outbox
from storage.queries.traffic import inbox as inbox_queries
from storage.queries.traffic.claims import Rows

A_WHILE = timedelta(minutes=1)  # a received row that nobody has taken up by then was left behind


class Recovery:
    """Received rows that nobody handles, sends that nobody finishes. Called in threads.

    ``mark``: our own number; None on SQLite, where everything is ours.
    """

    def __init__(
        self, database: Database, clock: Clock, *, mark: int | None, ours: Callable[[], set[int]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._mark = mark
        self._ours = ours
        self._missed: set[int] = set()

    def at_start(self) -> Rows:
        """Take up what an earlier run left; nothing that others have in hand."""
        if self._mark is None:
            with self._database.begin() as session:
                outbox.release(session)
                return inbox_queries.unfinished(session)
        alone, dead = self._look(self._mark)
        # Rows without a number are those of an older version.
        return self._adopt(self._mark, {*dead, None}) if alone else []

    def take_over(self, lease: int) -> Rows:
        """What was done on a chat account that has just become ours."""
        with self._database.begin() as session:
            return claims.take_over(session, number=lease)

    def look(self) -> tuple[bool, Rows]:
        """Whether we are alone, and what dead processes have left. Dead is who was missed twice:
        it may only have lost its connection.
        """
        if self._mark is None:
            return True, []
        alone, dead = self._look(self._mark)
        ripe, self._missed = dead & self._missed, dead
        return alone, self._adopt(self._mark, ripe) if ripe else []

    def left_behind(self) -> Rows:
        """What nobody alive has had in hand for a while."""
        with self._database.read() as session:
            others = set() if self._mark is None else standing(session).keys() - self._ours()
            before = self._clock.now() - A_WHILE
            return inbox_queries.unfinished(session, before=before, elsewhere=others)

    def _look(self, mark: int) -> tuple[bool, set[int]]:
        with self._database.read() as session:
            work = claims.in_hand(session)
            present = standing(session)  # later: who takes something up is there before
        alone = not any(is_mark(number) for number in present if number != mark)
        return alone, {one for one in work if one and is_mark(one) and one not in present}

    def _adopt(self, mark: int, numbers: Collection[int | None]) -> Rows:
        with self._database.begin() as session:
            claims.adopt(session, numbers=numbers, mark=mark)
            return claims.received(session, number=mark)
