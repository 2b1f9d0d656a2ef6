"""Rows by number, without asking the database again for those that a transaction has."""

from collections.abc import Iterable
from functools import cache
from typing import TypeVar

from sqlalchemy import bindparam
from sqlalchemy.orm import defer
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Member, Post

Row = TypeVar("Row", Member, Post)


def by_ids(
    session: Session, table: type[Row], community_id: str, ids: Iterable[int], *, lean: bool = False
) -> list[Row]:
    """Those of the rows that exist, in the order of the ids.

    ``lean`` leaves the analyses, which are most of a row, to whoever asks for one after all.
    """
    asked = list(dict.fromkeys(ids))
    found: dict[int, Row] = {}
    for id_ in asked:
        row = session.identity_map.get(identity_key(table, (community_id, id_)))
        if row is not None:
            found[id_] = row
    missing = [id_ for id_ in asked if id_ not in found]
    if missing:
        values = {"community_id": community_id, "ids": missing}
        found |= {row.id: row for row in session.exec(_by_ids(table, lean), params=values)}
    return [found[id_] for id_ in asked if id_ in found]


@cache
def _by_ids(table: type[Row], lean: bool) -> SelectOfScalar[Row]:
    statement = select(table).where(
        table.community_id == bindparam("community_id"),
        col(table.id).in_(bindparam("ids", expanding=True)),
    )
    return statement.options(defer(table.analysis)) if lean else statement  # type: ignore[arg-type]
