"""Who wants to come, comes, or came."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func
from sqlmodel import Session, col, select

from storage.queries import due_rows
from storage.tables import Account, Event, Member, Registration, Table

HOLDING = ("seated", "offered")
ACTIVE = (*HOLDING, "waiting")
_TABLE = Table.metadata.tables["registration"]


def get(
    session: Session, *, community_id: str, event_id: int, member_id: int
) -> Registration | None:
    """The member's place at the event, whatever became of it."""
    return session.get(Registration, (community_id, event_id, member_id))


def of_event(
    session: Session, *, community_id: str, event_id: int, states: Collection[str]
) -> list[tuple[Registration, Member]]:
    """Those of an event that are in one of the states, in the order in which they signed up."""
    same = and_(
        col(Member.community_id) == Registration.community_id,
        col(Member.id) == Registration.member_id,
    )
    statement = (
        select(Registration, Member)
        .join(Member, same)
        .where(
            Registration.community_id == community_id,
            Registration.event_id == event_id,
            col(Registration.state).in_(states),
        )
        .order_by(col(Registration.asked_at), col(Registration.member_id))
    )
    return [(row, member) for row, member in session.exec(statement)]


def count(
    session: Session, *, community_id: str, event_ids: Collection[int]
) -> dict[tuple[int, str], int]:
    """How many there are, by event and state."""
    row = _TABLE.c
    statement = (
        select(row.event_id, row.state, func.count())
        .where(row.community_id == community_id, row.event_id.in_(event_ids))
        .group_by(row.event_id, row.state)
    )
    return {(event, state): number for event, state, number in session.execute(statement)}


def open_of_member(
    session: Session, *, community_id: str, member_id: int
) -> list[tuple[Registration, Event]]:
    """Where the member has a seat or waits, the next event first."""
    same = and_(
        col(Event.community_id) == Registration.community_id,
        col(Event.id) == Registration.event_id,
    )
    statement = (
        select(Registration, Event)
        .join(Event, same)
        .where(
            Registration.community_id == community_id,
            Registration.member_id == member_id,
            col(Registration.state).in_(ACTIVE),
            Event.state == "open",
        )
        .order_by(col(Event.starts_at), col(Event.id))
    )
    return [(row, event) for row, event in session.exec(statement)]


def communities_with(session: Session, *, account: str, event_id: int) -> list[str]:
    """Ids of the communities at whose event of that number the account's holder has a place."""
    holder = and_(
        col(Account.community_id) == Registration.community_id,
        col(Account.member_id) == Registration.member_id,
    )
    statement = (
        select(Registration.community_id)
        .join(Account, holder)
        .where(
            Account.address == account,
            Registration.event_id == event_id,
            Registration.state != "left",
        )
        .order_by(Registration.community_id)
    )
    return list(session.exec(statement))


def of_both(session: Session, *, community_id: str, one: int, other: int) -> list[Registration]:
    """All places of two members, event by event."""
    statement = (
        select(Registration)
        .where(
            Registration.community_id == community_id,
            col(Registration.member_id).in_((one, other)),
        )
        .order_by(col(Registration.event_id), col(Registration.member_id))
    )
    return list(session.exec(statement))


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Registration]:
    """Those of one community, the longest due first; held until the transaction ends."""
    due = (Registration.community_id == community_id, col(Registration.due_at) <= now)
    by = (col(Registration.due_at), col(Registration.event_id), col(Registration.member_id))
    return due_rows.claim(session, Registration, *due, by=by, limit=limit)
