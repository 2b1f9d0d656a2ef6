"""Rows whose stored analysis was made by other rules than the present ones."""

from typing import TypeVar

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage.tables import Follow, Member, Post

Row = TypeVar("Row", Post, Member, Follow)


def behind(session: Session, *, version: str) -> str | None:
    """Id of a community that has such rows; two steps in an index when there is none."""
    for table in (Post, Member, Follow):
        held = col(table.analysis_version)
        statement = select(table.community_id).where(or_(held < version, held > version)).limit(1)
        found = session.exec(statement).first()
        if found is not None:
            return found
    return None


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
