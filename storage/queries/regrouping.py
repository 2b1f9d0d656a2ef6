"""Groups that the configuration gives to another community now, or to none any more.

Who sits there is known to the community that has the group, and to no other.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, bindparam, update
from sqlalchemy import Table as CoreTable
from sqlmodel import Session, col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct
from storage.tables import Group, Outbox, Table


def take_over(session: Session, *, community_id: str, groups: Collection[str]) -> None:
    """Let the community have groups that belonged to others, as if it were their first.

    What the former has still to say there is not said.
    """
    values = {"here": community_id, "groups": list(groups)}
    for old in session.exec(_others(), params=values).all():
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


@cache
def _others() -> SelectOfScalar[Group]:
    return select(Group).where(
        col(Group.address).in_(bindparam("groups", expanding=True)),
        col(Group.community_id) != bindparam("here"),
    )


def let_go(session: Session, *, community_id: str, groups: Collection[str], now: datetime) -> None:
    """Nobody is taken to sit in a group that is none of the community's: it is heard no more."""
    values = {"here": community_id, "groups": list(groups), "now": now}
    direct.run(session, _leave_seats(), values)
    direct.run(session, _await_nobody(), values)


@cache
def _leave_seats() -> Update:
    seat = Table.metadata.tables["seat"]
    sits = seat.c.left_at.is_(None)
    return update(seat).where(_elsewhere(seat), sits).values(left_at=bindparam("now"))


@cache
def _await_nobody() -> Update:
    arrival = Table.metadata.tables["arrival"]
    awaited = arrival.c.due_at.is_not(None)
    return update(arrival).where(_elsewhere(arrival), awaited).values(due_at=None)


def _elsewhere(table: CoreTable) -> ColumnElement[bool]:
    groups: ColumnElement[Any] = bindparam("groups", expanding=True)
    return and_(table.c.community_id == bindparam("here"), table.c.group_address.not_in(groups))
