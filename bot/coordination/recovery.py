"""Taking over the unfinished work of dead processes, and of an earlier run."""

from collections.abc import Callable, Collection
from datetime import timedelta

from bot.clock import Clock
from bot.coordination.neighbours import Neighbours
from storage.database import Database
from storage.presence import is_instance_id, lock_holders
from storage.queries.traffic import claims, outbox
from storage.queries.traffic import inbox as inbox_queries
from storage.queries.traffic.claims import Rows

ORPHAN_AGE = timedelta(minutes=1)  # a received row that nobody has taken up by then was left behind


class Recovery:
    """Finds received rows that nobody handles, and sends that nobody ends. Called in threads.

    ``instance_id``: our own number; None on SQLite, where everything is ours.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        instance_id: int | None,
        own_numbers: Callable[[], set[int]],
        neighbours: Neighbours | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._instance_id = instance_id
        self._own_numbers = own_numbers
        self._neighbours = neighbours or Neighbours(clock)
        self._suspected: set[int] = set()

    def at_start(self) -> Rows:
        """Take up what an earlier run left; nothing that others have in hand."""
        if self._instance_id is None:
            with self._database.begin() as session:
                outbox.release(session)
                return inbox_queries.unfinished(session)
        alone, dead = self._find_dead(self._instance_id)
        # Rows without a number are those of an older version.
        return self._adopt(self._instance_id, {*dead, None}) if alone else []

    def take_over(self, lease: int) -> Rows:
        """What was done on a chat account that has just become ours."""
        with self._database.begin() as session:
            return claims.take_over(session, number=lease)

    def adopt_dead(self) -> tuple[bool, Rows]:
        """Whether we are alone, and what dead processes have left. Dead is who was missed twice:
        it may only have lost its connection.
        """
        if self._instance_id is None:
            return True, []
        alone, dead = self._find_dead(self._instance_id)
        ripe, self._suspected = dead & self._suspected, dead
        return alone, self._adopt(self._instance_id, ripe) if ripe else []

    def orphaned(self) -> Rows:
        """Received rows that no living process holds."""
        with self._database.read() as session:
            others = (
                set()
                if self._instance_id is None
                else lock_holders(session).keys() - self._own_numbers()
            )
            before = self._clock.now() - ORPHAN_AGE
            return inbox_queries.unfinished(session, before=before, elsewhere=others)

    def _find_dead(self, instance_id: int) -> tuple[bool, set[int]]:
        with self._database.read() as session:
            work = claims.holders(session)
            present = lock_holders(session)  # later: who takes something up is there before
        self._neighbours.note_present(present)
        alone = not any(is_instance_id(number) for number in present if number != instance_id)
        return alone, {one for one in work if one and is_instance_id(one) and one not in present}

    def _adopt(self, instance_id: int, numbers: Collection[int | None]) -> Rows:
        with self._database.begin() as session:
            claims.adopt(session, numbers=numbers, instance_id=instance_id)
            return claims.received(session, number=instance_id)
