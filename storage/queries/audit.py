"""Who changed what. Details hold ids, states and field names, never what members wrote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, and_, col, or_, select

from storage.queries import counters, direct
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
    number = counters.take(session, community_id=community_id, name="audit")
    entry = {
        "community_id": community_id,
        "id": number,
        "at": at,
        "actor_id": actor_id,
        "via": via,
        "verb": verb,
        "subject": subject,
        "subject_id": subject_id,
        "detail": dict(detail or {}),
    }
    direct.add(session, "audit", [entry])
    return number


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
    statement = select(Audit).where(
        Audit.community_id == community_id,
        Audit.subject == subject,
        Audit.subject_id == subject_id,
    )
    # Sorted here: asked for the order, SQLite would walk through all entries by their numbers.
    return sorted(session.exec(statement), key=lambda entry: entry.id)


@dataclass(frozen=True)
class Wanted:
    """Which entries somebody wants to see. What is not set does not matter."""

    actor_id: int | None = None
    by_nobody: bool = False  # by no member
    among: Collection[str] = ()  # verbs that count
    but: Collection[str] = ()  # verbs that do not
    subject: str = ""
    subject_id: int | None = None
    verbs: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None  # earlier than this


def latest(
    session: Session, *, community_id: str, wanted: Wanted, before: int | None = None, limit: int
) -> list[Audit]:
    """The latest entries; with ``before`` those that come behind the entry of that number."""
    statement = select(Audit).where(Audit.community_id == community_id)
    for condition in _conditions(wanted):
        statement = statement.where(condition)
    last = None if before is None else session.get(Audit, (community_id, before))
    if last is not None:
        earlier = and_(col(Audit.at) == last.at, col(Audit.id) < last.id)
        statement = statement.where(col(Audit.at) <= last.at, or_(col(Audit.at) < last.at, earlier))
    # Of one thing there are few entries: SQLite would rather walk through all of them by time.
    moment = col(Audit.at) if wanted.subject_id is None else func.coalesce(Audit.at, Audit.at)
    statement = statement.order_by(moment.desc(), col(Audit.id).desc()).limit(limit)
    return list(session.exec(statement))


def _conditions(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = []
    if wanted.actor_id is not None:
        conditions.append(Audit.actor_id == wanted.actor_id)
    if wanted.by_nobody:
        conditions.append(col(Audit.actor_id).is_(None))
    if wanted.among:
        conditions.append(col(Audit.verb).in_(wanted.among))
    if wanted.but:
        conditions.append(col(Audit.verb).not_in(wanted.but))
    if wanted.subject:
        conditions.append(Audit.subject == wanted.subject)
    if wanted.subject_id is not None:
        conditions.append(Audit.subject_id == wanted.subject_id)
    if wanted.verbs:
        conditions.append(col(Audit.verb).in_(wanted.verbs))
    if wanted.since is not None:
        conditions.append(col(Audit.at) >= wanted.since)
    if wanted.until is not None:
        conditions.append(col(Audit.at) < wanted.until)
    return conditions


def prune(session: Session, *, community_id: str, before: datetime, limit: int) -> int:
    """Forget at most so many entries of before then; gives how many it were."""
    here = col(Audit.community_id) == community_id
    old = select(Audit.id).where(here, col(Audit.at) < before).limit(limit)
    return session.exec(delete(Audit).where(here, col(Audit.id).in_(old))).rowcount
