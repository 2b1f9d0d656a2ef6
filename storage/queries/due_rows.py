"""Rows whose time has come: which communities have some, and taking those of one of them."""

from collections.abc import Collection
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from storage.tables import Application, Arrival, Fresh, Post, Preference

Row = TypeVar("Row", Application, Arrival, Post, Preference)


def communities(
    session: Session, table: type[Row | Fresh], *due: Any, among: Collection[str]
) -> list[str]:
    """Ids of those of the communities that have such rows, always in the same order."""
    its = col(table.community_id)
    statement = select(table.community_id).where(*due, its.in_(among)).distinct().order_by(its)
    return list(session.exec(statement))


def claim(session: Session, table: type[Row], *due: Any, by: Any, limit: int) -> list[Row]:
    """The first of these rows, held until the transaction ends; none that somebody else holds."""
    statement = select(table).where(*due).order_by(*by).limit(limit)
    return list(session.exec(statement.with_for_update(skip_locked=True)))
