"""What a community has learned, version by version."""

from sqlmodel import Session, col, select

from storage.tables import Lesson


def current(session: Session, *, community_id: str) -> Lesson | None:
    """The newest lesson that was not withdrawn."""
    statement = (
        select(Lesson)
        .where(Lesson.community_id == community_id, col(Lesson.withdrawn).is_(False))
        .order_by(col(Lesson.id).desc())
    )
    return session.exec(statement).first()


def weights(session: Session, *, community_id: str) -> dict[str, float]:
    """How much less than in full some words count now."""
    lesson = current(session, community_id=community_id)
    return {} if lesson is None else dict(lesson.weights)


def all_of(session: Session, *, community_id: str) -> list[Lesson]:
    """Every lesson, the oldest first."""
    statement = select(Lesson).where(Lesson.community_id == community_id).order_by(col(Lesson.id))
    return list(session.exec(statement))
