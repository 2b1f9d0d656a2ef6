"""Who changed what. Details hold ids, states and field names, never what members wrote."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.queries import counters
from storage.tables import Audit


def add(
    session: Session,
    *,
    community_id: str,
    at: datetime,
    verb: str,
    subject: str,
    subject_id: int,
    actor_id: int | None = None,
    via: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Write down a change; gives the number of the entry. No actor: the bot itself."""
    entry = Audit(
        community_id=community_id,
        id=counters.take(session, community_id=community_id, name="audit"),
        at=at,
        actor_id=actor_id,
        via=via,
        verb=verb,
        subject=subject,
        subject_id=subject_id,
        detail=dict(detail or {}),
    )
    session.add(entry)
    return entry.id


def by_actor(
    session: Session, *, community_id: str, actor_id: int, subject: str, since: datetime
) -> list[Audit]:
    """What somebody did to things of a kind since then, the latest first."""
    statement = (
        select(Audit)
        .where(
            Audit.community_id == community_id,
            Audit.actor_id == actor_id,
            Audit.subject == subject,
            Audit.at >= since,
        )
        .order_by(col(Audit.at).desc(), col(Audit.id).desc())
    )
    return list(session.exec(statement))


def of(session: Session, *, community_id: str, subject: str, subject_id: int) -> list[Audit]:
    """What happened to one thing, in order."""
    statement = (
        select(Audit)
        .where(
            Audit.community_id == community_id,
            Audit.subject == subject,
            Audit.subject_id == subject_id,
        )
        .order_by(col(Audit.id))
    )
    return list(session.exec(statement))
