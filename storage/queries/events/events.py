"""Meet-ups that are to come, or whose time has come."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from storage.queries import due_rows
from storage.tables import Event, Table

_TABLE = Table.metadata.tables["event"]


def coming(session: Session, *, community_id: str, since: datetime) -> list[Event]:
    """Those that take place and begin after that, the next one first."""
    statement = (
        select(Event)
        .where(
            Event.community_id == community_id,
            Event.state == "open",
            col(Event.starts_at) > since,
        )
        .order_by(col(Event.starts_at), col(Event.id))
    )
    return list(session.exec(statement))


def ended(session: Session, *, community_id: str, since: datetime, limit: int) -> list[Event]:
    """The others, those that begin last first: they are over, or do not take place."""
    statement = (
        select(Event)
        .where(
            Event.community_id == community_id,
            or_(col(Event.state) != "open", col(Event.starts_at) <= since),
        )
        .order_by(col(Event.starts_at).desc(), col(Event.id).desc())
        .limit(limit)
    )
    return list(session.exec(statement))


def forget_host(session: Session, *, community_id: str, member_id: int) -> None:
    """Nobody is known to have announced these."""
    his = (col(Event.community_id) == community_id, col(Event.created_by) == member_id)
    session.execute(update(Event).where(*his).values(created_by=None))


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Event]:
    """Those of one community, the longest due first; held until the transaction ends."""
    due = (Event.community_id == community_id, col(Event.due_at) <= now)
    return due_rows.claim(session, Event, *due, by=(col(Event.due_at), col(Event.id)), limit=limit)
