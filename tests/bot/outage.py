"""A database that goes away for a while, and comes back."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from typing_extensions import override

from storage.database import Database
from tests.listening import listening


@contextmanager
def cut_off(database: Database, *, times: int, after: int = 0) -> Iterator[list[str]]:
    """Lets ``after`` statements pass, then fails ``times`` of them as if the server were gone."""
    seen: list[str] = []

    def fail(*call: object) -> None:
        seen.append(str(call[2]))
        if after < len(seen) <= after + times:
            raise _trouble(database)

    with listening(database, "before_cursor_execute", fail):
        yield seen


class Forgetful(Database):
    """The first transaction is committed, but nobody hears of it."""

    heard = False

    @override
    @contextmanager
    def begin(self, *, durable: bool = True) -> Iterator[Session]:
        with super().begin(durable=durable) as session:
            yield session
        if not self.heard:
            self.heard = True
            raise OperationalError("COMMIT", None, ConnectionResetError())


def _trouble(database: Database) -> Exception:
    if not database.is_sqlite:
        return psycopg.errors.AdminShutdown("the server is shutting down")
    busy = sqlite3.OperationalError("disk I/O error")
    busy.sqlite_errorname = "SQLITE_IOERR"
    return busy
