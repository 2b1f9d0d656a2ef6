"""Who came into which group, and whose turn it is."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from storage.queries import due_rows
from storage.tables import Arrival, Seat, Table

_TABLE = Table.metadata.tables["arrival"]


def get(session: Session, *, community_id: str, group: str, account: str) -> Arrival | None:
    """What is known of somebody's coming."""
    return session.get(Arrival, (community_id, group, account))


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Arrival]:
    """Those of one community, the longest due first; held until the transaction ends."""
    due = (Arrival.community_id == community_id, col(Arrival.due_at) <= now)
    by = (col(Arrival.due_at), col(Arrival.account))
    return due_rows.claim(session, Arrival, *due, by=by, limit=limit)


def groups(session: Session, *, community_id: str, account: str) -> list[str]:
    """The groups in which the account sits now."""
    statement = (
        select(Seat.group_address)
        .where(
            Seat.community_id == community_id,
            Seat.account == account,
            col(Seat.left_at).is_(None),
        )
        .order_by(col(Seat.group_address))
    )
    return list(session.exec(statement))


def was_removed(session: Session, *, community_id: str, account: str) -> bool:
    """Somebody has put the account out of a group by hand, and it has not come back."""
    statement = select(Arrival.account).where(
        Arrival.community_id == community_id,
        Arrival.account == account,
        Arrival.state == "removed",
    )
    return session.exec(statement).first() is not None


def waiting(session: Session, *, community_id: str, accounts: Collection[str]) -> list[Arrival]:
    """Those of the accounts that are there and whose card will be looked at again."""
    statement = select(Arrival).where(
        Arrival.community_id == community_id,
        col(Arrival.account).in_(accounts),
        Arrival.state == "here",
        col(Arrival.due_at).is_not(None),
    )
    return list(session.exec(statement))
