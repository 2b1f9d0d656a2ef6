"""Opening a database: SQLite and PostgreSQL behind one small object."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from storage.errors import explain

BUSY_SECONDS = 5


class Database:
    """One database, shared by the threads of a process.

    SQLite has one writer at a time: writes queue at a lock of our own, which is fair and wakes at
    once, and take SQLite's write lock from the start, so that no transaction fails half-way.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing = threading.RLock() if self.is_sqlite else nullcontext()

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One writing transaction: committed at the end, rolled back on any error."""
        engine = self.engine.execution_options(immediate=True)
        with self._writing, Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent look at the data; nothing is written."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    def probe(self) -> None:
        """Take the write lock and give it back. Raises DatabaseError when that cannot be done."""
        try:
            with self._writing, self.engine.execution_options(immediate=True).begin() as connection:
                connection.exec_driver_sql("CREATE TEMPORARY TABLE probe (x INTEGER)")
                connection.exec_driver_sql("DROP TABLE probe")
        except DBAPIError as error:
            raise explain(error) from error

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_size=8)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
