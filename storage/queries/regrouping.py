"""Groups that the configuration gives to another community now, or to none any more.

Who sits there is known to the community that has the group, and to no other.
"""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from storage.tables import Arrival, Group, Outbox, Seat


def take_over(session: Session, *, community_id: str, groups: Collection[str]) -> None:
    """Let the community have groups that belonged to others, as if it were their first.

    What the former has still to say there is not said.
    """
    others = select(Group).where(
        col(Group.address).in_(groups), col(Group.community_id) != community_id
    )
    for old in session.exec(others).all():
        address, name, native_id = old.address, old.name, old.native_id
        session.exec(
            delete(Outbox).where(
                col(Outbox.lane) == address,
                col(Outbox.state) == "new",
                col(Outbox.community_id) == old.community_id,
            )
        )
        session.delete(old)  # seats and arrivals go with it
        session.flush()
        session.add(
            Group(community_id=community_id, address=address, name=name, native_id=native_id)
        )
        session.flush()


def let_go(session: Session, *, community_id: str, groups: Collection[str], now: datetime) -> None:
    """Nobody is taken to sit in a group that is none of the community's: it is heard no more."""
    session.exec(
        update(Seat)
        .where(
            col(Seat.community_id) == community_id,
            col(Seat.group_address).not_in(groups),
            col(Seat.left_at).is_(None),
        )
        .values(left_at=now)
    )
    session.exec(
        update(Arrival)
        .where(
            col(Arrival.community_id) == community_id,
            col(Arrival.group_address).not_in(groups),
            col(Arrival.due_at).is_not(None),
        )
        .values(due_at=None)
    )
