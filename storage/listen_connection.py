"""A connection of its own to PostgreSQL: on it a process holds its locks and hears of new work.

Locks of a session end with it: at once when the process dies, and when its whole machine vanishes
as soon as the server misses its answers. See docs/decisions/0005-a-lock-for-each-account.md.
"""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from storage.database import WATCHFUL, Database
from storage.notify import CHANNEL
from storage.presence import KIND

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")

PATIENCE = 3.0  # seconds for one question
_GHOST = """
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
        cls, database: Database, *, name: str, mark: int, former: int | None = None
    ) -> "ListenConnection":
        """Connect, and hold the mark. ``former``: the server's process of the last connection; the
        server may not have noticed its end, and would keep its locks from us.
        """
        from psycopg import AsyncConnection  # noqa: PLC0415 – a bot on SQLite does without

        engine = database.engine
        _, given = engine.dialect.create_connect_args(engine.url)
        own = {"application_name": name, "tcp_user_timeout": "4000", "connect_timeout": "3"}
        connecting = AsyncConnection.connect(**{**given, **own}, autocommit=True)
        line = cls(await _in_time(connecting))
        try:
            await line._ask(WATCHFUL)
            if former is not None:
                await line._ask(_GHOST, former, name)
            await line._ask("SELECT pg_advisory_lock(%s, %s)", KIND, mark)
            await line._ask(f"LISTEN {CHANNEL}")
        except BaseException:
            await line.close()
            raise
        return line

    @property
    def backend(self) -> int:
        """The number of the server's process."""
        return self._connection.info.backend_pid

    async def take(self, number: int) -> bool:
        """Hold the lock with this number, unless somebody else does."""
        return bool(await self._ask("SELECT pg_try_advisory_lock(%s, %s)", KIND, number))

    async def give_back(self, number: int) -> None:
        """Let go of one lock."""
        await self._ask("SELECT pg_advisory_unlock(%s, %s)", KIND, number)

    async def check(self) -> None:
        """See whether the other side is still there."""
        await self._ask("SELECT 1")

    async def hear(self, seconds: float) -> list[str]:
        """What is called out within this time: lanes with something to send, or an empty text
        when somebody has let go of his locks. Returns as soon as there is something.
        """
        try:
            calls = self._connection.notifies(timeout=seconds, stop_after=1)
            return [call.payload async for call in calls]
        except _troubles() as error:
            raise LostError from error

    async def leave(self) -> None:
        """Let go of everything, and tell the others."""
        await self._ask("SELECT pg_advisory_unlock_all()")
        await self._ask("SELECT pg_notify(%s, '')", CHANNEL)

    async def close(self) -> None:
        """Hang up."""
        await self._connection.close()

    async def _ask(self, question: LiteralString, *values: object) -> Any:
        cursor = await _in_time(self._connection.execute(question, values or None))
        row = await cursor.fetchone() if cursor.description else None
        return row and row[0]


async def _in_time(work: Coroutine[Any, Any, T]) -> T:
    """Not ``asyncio.timeout``: a driver that is cancelled asks the server first, which is away."""
    task = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait((task,), timeout=PATIENCE)
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
