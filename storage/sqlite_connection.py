"""A connection to SQLite: how it is set up, and how its transactions begin."""

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.pool import ConnectionPoolEntry

from storage.queries.prepared import execute_raw

_RETRY_SECONDS = 0.01


def set_up(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """What every connection needs; the write-ahead log stays with the file."""
    connection.isolation_level = None  # we say BEGIN ourselves
    _log_ahead(connection)
    # Not every build overwrites by itself what is deleted: it would still stand in the file.
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch a new file to the write-ahead log.

    Two processes that do so at the same time would wait for each other, so SQLite refuses one of
    them without any waiting: https://www.sqlite.org/c3ref/busy_handler.html
    """
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        else:
            return
        time.sleep(_RETRY_SECONDS)


def begin(connection: Connection) -> None:
    """A reader looks from its first statement on; a writer takes the write lock at once."""
    options = connection.get_execution_options()
    if not options.get("immediate"):
        execute_raw(connection, "BEGIN", ())
        return
    # In WAL mode NORMAL commits without waiting for the disk. It can be set only before BEGIN.
    wanted = "FULL" if options.get("durable", True) else "NORMAL"
    if connection.info.get("synchronous", "FULL") != wanted:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA synchronous={wanted}")
        connection.info["synchronous"] = wanted
    execute_raw(connection, "BEGIN IMMEDIATE", ())
