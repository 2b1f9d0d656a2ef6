"""Storing what comes in: many updates that arrive together share one commit."""

import asyncio
from collections.abc import Callable

from loguru import logger

from bot.clock import Clock
from bot.retry import until_it_works
from community.updates import Update, dump_update, lane_of
from storage.database import Database
from storage.queries import inbox
from storage.tables import Inbox as Row

Pending = tuple[Row, asyncio.Future[int | None]]


class Inbox:
    """From the moment ``store`` returns, the update survives any crash."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._pending: list[Pending] = []
        self._flushing: asyncio.Task[None] | None = None

    async def store(self, update: Update) -> int | None:
        """Commit the update; gives its id, or None when it was known already."""
        row = Row(
            channel=update.channel,
            key=update.key,
            lane=lane_of(update),
            update=dump_update(update),
            sent_at=update.time,
            received_at=self._clock.now(),
        )
        stored: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._pending.append((row, stored))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush())
        return await stored

    async def _flush(self) -> None:
        while self._pending:
            batch, self._pending = self._pending, []
            ids = await until_it_works(self._insertion(batch), clock=self._clock, what="inbox")
            for row, stored in batch:
                # The first of two equal keys in a batch gets the id, the second is a repetition.
                id_ = ids.pop((row.channel, row.key), None)
                if not stored.cancelled():
                    stored.set_result(id_)
        logger.trace("inbox is empty")

    def _insertion(self, batch: list[Pending]) -> Callable[[], dict[tuple[str, str], int]]:
        unique = {(row.channel, row.key): row for row, _ in reversed(batch)}

        def insert() -> dict[tuple[str, str], int]:
            with self._database.begin() as session:
                return inbox.add(session, rows=list(reversed(unique.values())))

        return insert
