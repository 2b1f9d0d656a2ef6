"""Telling a process whether it is alone on a database that several may share, or may not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, text

from storage.database import Database
from storage.errors import DatabaseError

_FIRST, _HERE = 4_242_002, 4_242_003  # any fixed numbers, for PostgreSQL's advisory locks

_TAKEN = "另一个老友正在用这个数据库：请先停掉它；几个一起运行要用 PostgreSQL"


@contextmanager
def sole_use(database: Database) -> Iterator[None]:
    """Keep a second bot away from a SQLite file: it would repeat what the first is sending.

    A file beside it is locked, and free again when the process ends, however it ends. Imports and
    backups are welcome meanwhile. Raises DatabaseError.
    """
    file = database.engine.url.database
    if not database.is_sqlite or not file or file == ":memory:":
        yield
        return
    with closing(sqlite3.connect(f"{file}-running", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DatabaseError(_TAKEN) from error
        yield


class Presence:
    """While a process is here, it holds a lock that all of them can share. It ends with the
    process, however that ends.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def enter(self, if_alone: Callable[[], None]) -> None:
        """Be here from now on. ``if_alone`` is called first when nobody else is; whoever comes
        meanwhile waits for it. A SQLite file belongs to one process anyway.
        """
        if self._database.is_sqlite:
            if_alone()
            return
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection = engine.connect()
        self._connection.detach()  # locks end with a connection, not with its return to the pool
        self._ask("SELECT pg_advisory_lock(:key)", _FIRST)
        try:
            if self._ask("SELECT pg_try_advisory_lock(:key)", _HERE):
                if_alone()
                self._ask("SELECT pg_advisory_unlock(:key)", _HERE)
            self._ask("SELECT pg_advisory_lock_shared(:key)", _HERE)
        finally:
            self._ask("SELECT pg_advisory_unlock(:key)", _FIRST)

    def leave(self) -> None:
        """Not here any more."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, question: str, key: int) -> bool:
        if self._connection is None:
            return False
        return bool(self._connection.execute(text(question), {"key": key}).scalar())
