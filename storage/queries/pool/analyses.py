"""Rows whose stored analysis was made by other rules than the present ones."""

from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, String, bindparam, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import Follow, Member, Post, Table

Row = TypeVar("Row", Post, Member, Follow)


def behind(session: Session, *, version: str) -> str | None:
    """Id of a community that has such rows; two steps in an index when there is none."""
    for table in ("post", "member", "follow"):
        found = direct.run(session, _behind(table), {"version": version}).scalar_one_or_none()
        if found is not None:
            return str(found)
    return None


@cache
def _behind(table: str) -> Select[Any]:
    row = Table.metadata.tables[table].c
    held, version = row.analysis_version, bindparam("version", type_=String)
    return rows(row.community_id).where(or_(held < version, held > version)).limit(1)


def outdated(
    session: Session, *, community_id: str, version: str, limit: int
) -> list[Post | Member | Follow]:
    """Such rows of one community: posts first, then members, then follows."""
    posts = _outdated(session, Post, community_id, version, limit)
    left = limit - len(posts)
    members = _outdated(session, Member, community_id, version, left)
    follows = _outdated(session, Follow, community_id, version, left - len(members))
    return [*posts, *members, *follows]


def _outdated(
    session: Session, table: type[Row], community_id: str, version: str, limit: int
) -> list[Row]:
    statement = (
        select(table)
        .where(table.community_id == community_id, table.analysis_version != version)
        .order_by(col(table.id))
        .limit(limit)
    )
    return list(session.exec(statement))
