"""Standing wishes: who wants to hear of which posts."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Follow


def candidates(session: Session, *, community_id: str, terms: Collection[str]) -> list[Follow]:
    """Follows that a post with these index terms may fulfil, the oldest first."""
    values = {"community_id": community_id, "terms": list(terms)}
    return list(session.exec(_candidates(), params=values))


@cache
def _candidates() -> SelectOfScalar[Follow]:
    return (
        select(Follow)
        .where(
            Follow.community_id == bindparam("community_id"),
            col(Follow.term).in_(bindparam("terms", expanding=True)),
        )
        .order_by(col(Follow.id))
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
