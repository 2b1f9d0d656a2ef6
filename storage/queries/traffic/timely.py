"""What has still to be said and holds for a time only."""

import json
from collections.abc import Collection

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.tables import Outbox


def forget(
    session: Session, *, community_id: str, post_id: int, lanes: Collection[str] | None = None
) -> None:
    """Forget what has still to be said of the post and holds for a time only.

    ``lanes``: to these alone.
    """
    statement = _waiting(community_id).where(Outbox.post_id == post_id)
    if lanes is not None:
        statement = statement.where(col(Outbox.lane).in_(lanes))
    _drop(session, statement)


def forget_of_application(
    session: Session, *, community_id: str, application_id: int, lane: str
) -> None:
    """Likewise of an application, to the applicant."""
    statement = _waiting(community_id).where(Outbox.lane == lane)
    _drop(session, statement.where(Outbox.application_id == application_id))


def forget_reminders(
    session: Session, *, community_id: str, lanes: Collection[str], topic: str = ""
) -> None:
    """Forget the reminders that have still to be sent there; ``topic``: those of that one alone."""
    statement = _waiting(community_id).where(col(Outbox.lane).in_(lanes))
    for row in session.exec(statement).all():
        about = json.loads(row.action).get("topic")
        if about and topic in ("", about):
            session.delete(row)


def is_anything_waiting(session: Session, *, community_id: str, lane: str) -> bool:
    """Something of the community has still to be sent there."""
    return (
        session.exec(_waiting(community_id).where(Outbox.lane == lane).limit(1)).first() is not None
    )


def _waiting(community_id: str) -> SelectOfScalar[Outbox]:
    return select(Outbox).where(Outbox.community_id == community_id, Outbox.state == "new")


def _drop(session: Session, statement: SelectOfScalar[Outbox]) -> None:
    for row in session.exec(statement).all():
        if json.loads(row.action).get("until") is not None:
            session.delete(row)
