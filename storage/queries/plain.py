"""Statements that pass the session by: rows that nobody needs as objects cost a fraction so.

What the session has still to store comes first. Objects that it holds already are not refreshed.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Insert, insert
from sqlmodel import Session

from storage.tables import Table

Values = Mapping[str, Any]


def run(session: Session, statement: Executable, values: Values) -> CursorResult[*tuple[Any, ...]]:
    """Send the statement."""
    session.flush()
    return session.connection().execute(statement, values)


def add(session: Session, table: str, rows: Sequence[Values]) -> None:
    """Store rows; all of them name the same columns."""
    if rows:
        session.flush()
        session.connection().execute(_insert(table), rows)


@cache
def _insert(table: str) -> Insert:
    return insert(Table.metadata.tables[table])
