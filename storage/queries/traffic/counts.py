"""How one community's messages come and go, as its own admins may know it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from storage.tables import Chore, Inbox, Outbox

_WAITS = ("new", "sending")
_FAILED = ("unknown", "refused", "dropped")


@dataclass(frozen=True)
class Queue:
    """What waits in a conversation, and since when."""

    lane: str
    count: int
    since: datetime


def outgoing(session: Session, *, community_id: str, lanes: Collection[str]) -> list[Queue]:
    """What waits to be sent to those groups."""
    statement = (
        select(Outbox.lane, func.count(), func.min(Outbox.created_at))
        .where(
            col(Outbox.state).in_(_WAITS),
            col(Outbox.lane).in_(lanes),
            _in_name_of(community_id),
        )
        .group_by(col(Outbox.lane))
    )
    return [Queue(lane, count, since) for lane, count, since in session.exec(statement)]


def private(session: Session, *, community_id: str, groups: Collection[str]) -> list[Queue]:
    """What waits to be sent to persons in the name of the community, by channel."""
    statement = (
        select(Outbox.channel, func.count(), func.min(Outbox.created_at))
        .where(
            col(Outbox.state).in_(_WAITS),
            col(Outbox.lane).not_in(groups),
            _in_name_of(community_id),
        )
        .group_by(col(Outbox.channel))
        .order_by(col(Outbox.channel))
    )
    return [Queue(channel, count, since) for channel, count, since in session.exec(statement)]


def failed(
    session: Session, *, community_id: str, since: datetime, limit: int
) -> list[tuple[str, str, datetime]]:
    """Lane, state and time of what was not sent, or perhaps not, the latest first."""
    statement = (
        select(Outbox.lane, Outbox.state, Outbox.created_at)
        .where(
            col(Outbox.state).in_(_FAILED),
            _in_name_of(community_id),
            col(Outbox.created_at) >= since,
        )
        .order_by(col(Outbox.created_at).desc(), col(Outbox.id).desc())
        .limit(limit)
    )
    return [(lane, state, at) for lane, state, at in session.exec(statement)]


def incoming(session: Session, *, lanes: Collection[str]) -> list[Queue]:
    """What was said in those groups and waits to be handled."""
    statement = (
        select(Inbox.lane, func.count(), func.min(Inbox.received_at))
        .where(Inbox.state == "new", col(Inbox.lane).in_(lanes))
        .group_by(col(Inbox.lane))
    )
    return [Queue(lane, count, since) for lane, count, since in session.exec(statement)]


def broken(session: Session, *, lanes: Collection[str], since: datetime) -> int:
    """How many messages of those groups could not be handled since then."""
    statement = (
        select(func.count())
        .select_from(Inbox)
        .where(
            col(Inbox.lane).in_(lanes),
            col(Inbox.received_at) >= since,
            Inbox.state == "failed",
        )
    )
    return session.exec(statement).one()


def heard(session: Session, *, lanes: Collection[str]) -> dict[str, datetime]:
    """When the last command came from each of those groups."""
    found = {
        lane: session.exec(select(func.max(Inbox.received_at)).where(Inbox.lane == lane)).one()
        for lane in lanes
    }  # one after the other, for each is one look into the index
    return {lane: at for lane, at in found.items() if at is not None}


def _in_name_of(community_id: str) -> ColumnElement[bool]:
    """A filter and no more: as a condition, it would lead SQLite through half a year of rows."""
    return func.coalesce(Outbox.community_id, "") == community_id


def ticked(session: Session, *, community_id: str) -> datetime | None:
    """When something that comes round by the calendar was done last."""
    statement = select(func.max(Chore.done_at)).where(Chore.community_id == community_id)
    return session.exec(statement).one()
