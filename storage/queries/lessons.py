"""What a community has learned, version by version."""

from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Lesson


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
    lesson = current(session, community_id=community_id)
    return {} if lesson is None else dict(lesson.weights)


def all_of(session: Session, *, community_id: str) -> list[Lesson]:
    """Every lesson, the oldest first."""
    statement = select(Lesson).where(Lesson.community_id == community_id).order_by(col(Lesson.id))
    return list(session.exec(statement))
