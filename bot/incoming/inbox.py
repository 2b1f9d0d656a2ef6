"""Storing what comes in: many updates that arrive together share one commit."""

import asyncio
from collections.abc import Callable, Sequence

from bot.clock import Clock
from bot.faults import log_fault
from bot.retry import Retry
from community.updates import Message, Update, dump_update, lane_of
from storage.database import Database
from storage.queries.traffic import inbox
from storage.queries.traffic.inbox import Received

BATCH = 500  # rows of one transaction: others want to write, too

Pending = tuple[Received, asyncio.Future[bool]]
Ids = dict[tuple[str, str], int]


class Inbox:
    """From the moment ``store`` returns, the update survives any crash.

    ``push`` is given the lane and the id of each new row, in the order in which they came.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        retry: Retry,
        push: Callable[[str, int], None],
        instance_id: int | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._retry = retry
        self._push = push
        self._instance_id = instance_id
        self._pending: list[Pending] = []
        self._flushing: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> bool:
        """Something is still to be stored."""
        return self._flushing is not None and not self._flushing.done()

    async def store(self, update: Update, holder: int | None = None) -> bool:
        """Commit the update. False: it was known already. ``holder``: under which number it is
        handled, if not that of the process.

        Whoever is cancelled while waiting here leaves the update behind: it is handled.
        """
        row = Received(
            channel=update.channel,
            key=update.key,
            lane=lane_of(update),
            sender=update.sender.account if isinstance(update, Message) else None,
            update=dump_update(update),
            sent_at=update.time,
            received_at=self._clock.now(),
            holder=self._instance_id if holder is None else holder,
        )
        stored: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._pending.append((row, stored))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await stored

    async def _flush(self) -> None:
        while self._pending:
            batch, self._pending = self._pending[:BATCH], self._pending[BATCH:]
            # Of two equal keys in a batch the first is stored, the second is a repetition.
            unique = {(row.channel, row.key): row for row, _ in reversed(batch)}
            ids = await self._insert(list(reversed(unique.values())))
            for row, stored in batch:
                id_ = ids.pop((row.channel, row.key), None)
                if id_ is not None:
                    self._push(row.lane, id_)
                if not stored.done():
                    stored.set_result(id_ is not None)

    async def _insert(self, rows: Sequence[Received]) -> Ids:
        try:
            return await self._retry.until_it_works(_StoreRows(self._database, rows))
        except Exception as error:  # one row that no database takes must not cost the others
            if len(rows) == 1:
                log_fault("an update cannot be stored and is dropped", error)
                return {}
        ids: Ids = {}
        for row in rows:
            ids |= await self._insert([row])
        return ids


class _StoreRows:
    """Rows that are stored together, tried until it works. Called in threads, one at a time."""

    def __init__(self, database: Database, rows: Sequence[Received]) -> None:
        self._database = database
        self._rows = rows
        self._tried = False

    def __call__(self) -> Ids:
        """The id of each new row. After a commit of which perhaps only the answer was lost, what it
        stored is no repetition.
        """
        again, self._tried = self._tried, True
        with self._database.begin() as session:
            ids = inbox.add(session, rows=self._rows)
            if again:
                ids |= inbox.stored(session, rows=self._rows)
            return ids
