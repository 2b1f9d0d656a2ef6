"""Rows whose time has come: which communities have some, and taking those of one of them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Select, bindparam
from sqlalchemy import select as rows
from sqlmodel import Session, select

from storage.queries import direct
from storage.tables import (
    Application,
    Arrival,
    Event,
    Introduction,
    Post,
    Preference,
    Registration,
)

Row = TypeVar("Row", Application, Arrival, Event, Introduction, Post, Preference, Registration)


def communities(
    session: Session,
    when: Column[Any],
    *also: ColumnElement[bool],
    now: datetime,
    among: Collection[str],
) -> list[str]:
    """Ids of those of the communities that have rows whose time has come, always in the same order.

    ``also`` is built once and kept: the statement is known again by the columns it is made of.
    """
    values = {"now": now, "among": list(among)}
    return direct.run(session, _communities(when, *also), values).scalars()


@cache
def _communities(when: Column[Any], *also: ColumnElement[bool]) -> Select[Any]:
    its = when.table.c.community_id
    among = its.in_(bindparam("among", expanding=True))
    due = rows(its).where(*also, when <= bindparam("now"), among)
    return due.distinct().order_by(its)


def claim(session: Session, table: type[Row], *due: Any, by: Any, limit: int) -> list[Row]:
    """The first of these rows, held until the transaction ends; none that somebody else holds."""
    statement = select(table).where(*due).order_by(*by).limit(limit)
    return list(session.exec(statement.with_for_update(skip_locked=True)))
