"""Standing wishes: who wants to hear of which posts."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import Follow, Table


def candidates(session: Session, *, community_id: str, terms: Collection[str]) -> list[Follow]:
    """Follows that a post with these index terms may fulfil, the oldest first."""
    values = {"community_id": community_id, "terms": list(terms)}
    numbers = list(direct.run(session, _candidates(), values).scalars())
    if not numbers:  # as for most posts
        return []
    statement = select(Follow).where(
        Follow.community_id == community_id, col(Follow.id).in_(numbers)
    )
    return list(session.exec(statement.order_by(col(Follow.id))))


@cache
def _candidates() -> Select[Any]:
    row = Table.metadata.tables["follow"].c
    return rows(row.id).where(
        row.community_id == bindparam("community_id"),
        row.term.in_(bindparam("terms", expanding=True)),
    )


def of_member(session: Session, *, community_id: str, member_id: int) -> list[Follow]:
    """What the member follows, in the order in which it was asked for."""
    statement = (
        select(Follow)
        .where(Follow.community_id == community_id, Follow.member_id == member_id)
        .order_by(col(Follow.id))
    )
    return list(session.exec(statement))


def count(session: Session, *, community_id: str, member_id: int) -> int:
    """How many keywords the member follows."""
    statement = select(func.count()).where(
        Follow.community_id == community_id, Follow.member_id == member_id
    )
    return session.exec(statement).one()
