"""What is held against members for some weeks."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import Strike


def since(session: Session, *, community_id: str, member_id: int, at: datetime) -> list[Strike]:
    """The member's strikes from after that, the oldest first."""
    statement = (
        select(Strike)
        .where(
            Strike.community_id == community_id,
            Strike.member_id == member_id,
            col(Strike.at) > at,
        )
        .order_by(col(Strike.at), col(Strike.id))
    )
    return list(session.exec(statement))


def drop(
    session: Session, *, community_id: str, event_id: int, member_id: int, reason: str
) -> bool:
    """Take back what was given for that; False: there was nothing."""
    statement = delete(Strike).where(
        col(Strike.community_id) == community_id,
        col(Strike.event_id) == event_id,
        col(Strike.member_id) == member_id,
        col(Strike.reason) == reason,
    )
    return session.exec(statement).rowcount > 0


def prune(session: Session, *, before: datetime) -> None:
    """Forget what counts no more."""
    session.execute(delete(Strike).where(col(Strike.at) <= before))
