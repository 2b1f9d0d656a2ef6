"""A process's own connection to PostgreSQL: it holds its locks and is notified of new work.

Locks of a session end with it: at once when the process dies, and when its whole machine vanishes
as soon as the server misses its answers. See docs/decisions/0005-a-lock-for-each-account.md.
"""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from storage.database import SERVER_KEEPALIVES, Database
from storage.notify import CHANNEL
from storage.presence import LOCK_CLASS

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

QUERY_TIMEOUT = 3.0  # seconds for one question
_TERMINATE_PREVIOUS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid = %s AND application_name = %s AND datname = current_database()
"""


class LostError(Exception):
    """The connection is of no use any more, and with it all locks are gone."""


class ListenConnection:
    """An open connection. Every method but ``close`` raises LostError."""

    def __init__(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        self._connection = connection

    @classmethod
    async def open(
        cls, database: Database, *, name: str, instance_id: int, previous_pid: int | None = None
    ) -> "ListenConnection":
        """Connect, and lock the instance id. ``previous_pid``: the server's process of the last
        connection, whose end it may not have noticed; it would keep our locks from us.
        """
        from psycopg import AsyncConnection  # noqa: PLC0415 – a bot on SQLite does without

        engine = database.engine
        _, given = engine.dialect.create_connect_args(engine.url)
        own = {"application_name": name, "tcp_user_timeout": "4000", "connect_timeout": "3"}
        connecting = AsyncConnection.connect(**{**given, **own}, autocommit=True)
        opened = cls(await _in_time(connecting))
        try:
            await opened._query(SERVER_KEEPALIVES)
            if previous_pid is not None:
                await opened._query(_TERMINATE_PREVIOUS, previous_pid, name)
            await opened._query("SELECT pg_advisory_lock(%s, %s)", LOCK_CLASS, instance_id)
            await opened._query(f"LISTEN {CHANNEL}")
        except BaseException:
            await opened.close()
            raise
        return opened

    @property
    def backend_pid(self) -> int:
        """The number of the server's process."""
        return self._connection.info.backend_pid

    async def try_lock(self, number: int) -> bool:
        """Hold the lock with this number, unless somebody else does."""
        return bool(await self._query("SELECT pg_try_advisory_lock(%s, %s)", LOCK_CLASS, number))

    async def unlock(self, number: int) -> None:
        """Release one lock."""
        await self._query("SELECT pg_advisory_unlock(%s, %s)", LOCK_CLASS, number)

    async def check(self) -> None:
        """See whether the other side is still there."""
        await self._query("SELECT 1")

    async def wait_for_notifications(self, seconds: float) -> list[str]:
        """What is notified within this time: lanes with something to send, or an empty text
        when somebody has let go of his locks. Returns as soon as there is something.
        """
        try:
            calls = self._connection.notifies(timeout=seconds, stop_after=1)
            return [call.payload async for call in calls]
        except _troubles() as error:
            raise LostError from error

    async def unlock_all(self) -> None:
        """Release all locks, and notify the others."""
        await self._query("SELECT pg_advisory_unlock_all()")
        await self._query("SELECT pg_notify(%s, '')", CHANNEL)

    async def close(self) -> None:
        """Close the connection."""
        await self._connection.close()

    async def _query(self, question: LiteralString, *values: object) -> Any:
        cursor = await _in_time(self._connection.execute(question, values or None))
        row = await cursor.fetchone() if cursor.description else None
        return row and row[0]


async def _in_time(work: Coroutine[Any, Any, T]) -> T:
    """Not ``asyncio.timeout``: a driver that is cancelled asks the server first, which is away."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait((task,), timeout=QUERY_TIMEOUT)
    finally:
        if not task.done():
            task.cancel()
            task.add_done_callback(_forget)
    if not done:
        raise LostError
    try:
        return task.result()
    except _troubles() as error:
        raise LostError from error


def _forget(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()


def _troubles() -> tuple[type[Exception], ...]:
    """What a connection raises: asked for when something was raised."""
    from psycopg import Error  # noqa: PLC0415 – see above

    return Error, OSError
