"""Who came into which group, and whose turn it is."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from storage.tables import Arrival, Seat


def get(session: Session, *, community_id: str, group: str, account: str) -> Arrival | None:
    """What is known of somebody's coming."""
    return session.get(Arrival, (community_id, group, account))


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    statement = (
        select(Arrival.community_id)
        .where(_due(now), col(Arrival.community_id).in_(among))
        .distinct()
        .order_by(col(Arrival.community_id))
    )
    return list(session.exec(statement))


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Arrival]:
    """Those of one community, the longest due first; held until the transaction ends."""
    statement = (
        select(Arrival)
        .where(_due(now), Arrival.community_id == community_id)
        .order_by(col(Arrival.due_at), col(Arrival.account))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(statement))


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


def _due(now: datetime) -> ColumnElement[bool]:
    return col(Arrival.due_at) <= now
