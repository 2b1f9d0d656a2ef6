"""Statements that bypass the session: rows that nobody needs as objects cost a fraction so.

What the session has still to store comes first. Objects that it holds already are not refreshed.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Insert, insert
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from storage.queries import prepared
from storage.queries.prepared import Row, Values
from storage.tables import Table


class Found(list[Row]):
    """All that a statement gave."""

    def first(self) -> Row | None:
        """The first row, None without one."""
        return self[0] if self else None

    def scalars(self) -> list[Any]:
        """The first column."""
        return [row[0] for row in self]

    def scalar_one_or_none(self) -> Any:
        """The first value, None without a row."""
        return self[0][0] if self else None

    def scalar_one(self) -> Any:
        """The first value; there must be a row."""
        if not self:
            raise NoResultFound("no row where there must be one")
        return self[0][0]


def run(session: Session, statement: Executable, values: Values) -> Found:
    """Send the statement, which is built once and kept: it is known again by its identity."""
    session.flush()
    return run_unflushed(session, statement, values)


def run_unflushed(session: Session, statement: Executable, values: Values) -> Found:
    """Likewise, without flushing the session first."""
    return Found(prepared.send(session.connection(), statement, values))


def add(session: Session, table: str, rows: Sequence[Values]) -> None:
    """Store rows; all of them name the same columns."""
    if rows:
        session.flush()
        add_unflushed(session, table, rows)


def add_unflushed(session: Session, table: str, rows: Sequence[Values]) -> None:
    """Likewise, without flushing the session first."""
    if rows:
        prepared.send_many(session.connection(), _insert(table), rows)


@cache
def _insert(table: str) -> Insert:
    return insert(Table.metadata.tables[table])
