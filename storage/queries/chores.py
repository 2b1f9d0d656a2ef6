"""Work that comes round by the calendar."""

from datetime import datetime

from sqlmodel import Session, select

from storage.tables import Chore


def times(session: Session, *, name: str) -> dict[str, datetime]:
    """When each community did that work last."""
    statement = select(Chore.community_id, Chore.done_at).where(Chore.name == name)
    return dict(session.exec(statement).all())


def take(
    session: Session, *, community_id: str, name: str, moment: datetime, now: datetime
) -> bool:
    """Whether the work of that moment has still to be done; from now on it counts as done.

    What is met for the first time begins with the next moment. Call it with the community locked.
    """
    row = session.get(Chore, (community_id, name), populate_existing=True)
    if row is None:
        session.add(Chore(community_id=community_id, name=name, done_at=now))
        return False
    if row.done_at >= moment:
        return False
    row.done_at = now
    return True
