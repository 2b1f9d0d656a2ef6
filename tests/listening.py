"""Listening to what a database does, for a while: tests share its engine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from storage.database import Database


@contextmanager
def listening(database: Database, name: str, heard: Callable[..., object]) -> Iterator[None]:
    """Call ``heard`` at each event of this name of SQLAlchemy's engine or pool."""
    event.listen(database.engine, name, heard)
    try:
        yield
    finally:
        event.remove(database.engine, name, heard)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database, but for the beginnings of transactions."""
    seen: list[str] = []

    def note(*call: object) -> None:
        if not str(call[2]).startswith("BEGIN"):
            seen.append(str(call[2]))

    with listening(database, "before_cursor_execute", note):
        yield seen
