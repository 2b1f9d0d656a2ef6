"""What a community has learned, version by version."""

from functools import cache
from typing import Any

from sqlalchemy import Select as CoreSelect
from sqlalchemy import bindparam
from sqlalchemy import select as rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import plain
from storage.tables import Lesson, Table


def current(session: Session, *, community_id: str) -> Lesson | None:
    """The newest lesson that was not withdrawn."""
    return session.exec(_current(), params={"community_id": community_id}).first()


@cache
def _current() -> SelectOfScalar[Lesson]:
    return (
        select(Lesson)
        .where(Lesson.community_id == bindparam("community_id"), col(Lesson.withdrawn).is_(False))
        .order_by(col(Lesson.id).desc())
        .limit(1)
    )


def weights(session: Session, *, community_id: str) -> dict[str, float]:
    """How much less than in full some words count now."""
    found = plain.run(session, _weights(), {"community_id": community_id})
    return found.scalar_one_or_none() or {}


@cache
def _weights() -> CoreSelect[Any]:
    row = Table.metadata.tables["lesson"].c
    return (
        rows(row.weights)
        .where(row.community_id == bindparam("community_id"), row.withdrawn.is_(False))
        .order_by(row.id.desc())
        .limit(1)
    )


def all_of(session: Session, *, community_id: str) -> list[Lesson]:
    """Every lesson, the oldest first."""
    statement = select(Lesson).where(Lesson.community_id == community_id).order_by(col(Lesson.id))
    return list(session.exec(statement))
