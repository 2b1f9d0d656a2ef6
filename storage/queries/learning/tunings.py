"""Tries at weights of a community's own."""

from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Tuning


def current(session: Session, *, community_id: str) -> Tuning | None:
    """The newest that was not withdrawn."""
    return session.exec(_current(), params={"community_id": community_id}).first()


@cache
def _current() -> SelectOfScalar[Tuning]:
    return (
        select(Tuning)
        .where(Tuning.community_id == bindparam("community_id"), col(Tuning.withdrawn).is_(False))
        .order_by(col(Tuning.id).desc())
        .limit(1)
    )


def all_of(session: Session, *, community_id: str) -> list[Tuning]:
    """Every try, the oldest first."""
    statement = select(Tuning).where(Tuning.community_id == community_id).order_by(col(Tuning.id))
    return list(session.exec(statement))
