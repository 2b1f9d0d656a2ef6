"""Processes that are there, as others see them: by the locks that they hold."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage.database import Database
from storage.presence import LOCK_CLASS


@contextmanager
def living(database: Database, number: int) -> Iterator[None]:
    """Somebody holds the lock of that number."""
    with database.engine.connect() as process:
        process.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK_CLASS}, {number})")
        try:
            yield
        finally:
            process.exec_driver_sql("SELECT pg_advisory_unlock_all()")
