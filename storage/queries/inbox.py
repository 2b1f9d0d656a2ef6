"""What came in."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from storage.queries.waiting import Waiting
from storage.tables import Inbox, Table

_TABLE = Table.metadata.tables["inbox"]


def add(session: Session, *, rows: Sequence[Inbox]) -> dict[tuple[str, str], int]:
    """Store new updates; gives the id of each by (channel, key). Known keys are left out."""
    statement = _add(session.get_bind().dialect.name)
    values = [row.model_dump(exclude={"id"}) for row in rows]
    stored = session.connection().execute(statement, values)
    return {(channel, key): int(id_) for id_, channel, key in stored}


@cache
def _add(dialect: str) -> ReturningInsert[int, str, str]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        insert(_TABLE)
        .on_conflict_do_nothing(index_elements=["channel", "key"])
        .returning(_TABLE.c.id, _TABLE.c.channel, _TABLE.c.key)
    )


def unfinished(
    session: Session, *, before: datetime | None = None, elsewhere: Collection[int] = ()
) -> list[tuple[int, str]]:
    """Id and lane of every row that waits to be handled, oldest first; not those that somebody
    ``elsewhere`` has in hand.
    """
    statement = select(Inbox.id, Inbox.lane).where(Inbox.state == "new").order_by(col(Inbox.id))
    if before is not None:
        statement = statement.where(col(Inbox.received_at) < before)
    if elsewhere:
        mine = or_(col(Inbox.holder).is_(None), col(Inbox.holder).not_in(elsewhere))
        statement = statement.where(mine)
    return [(id_, lane) for id_, lane in session.exec(statement) if id_ is not None]


def queue(session: Session) -> Waiting:
    """What waits to be handled."""
    statement = select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == "new")
    count, oldest = session.exec(statement).one()
    return Waiting(count, oldest)


def claim(session: Session, *, inbox_id: int) -> Inbox | None:
    """The row, if it still waits; locked until the transaction ends."""
    return session.exec(_claim(), params={"id": inbox_id}).first()


class Taken(NamedTuple):
    """A row to handle, and what its sender has said lately."""

    row: Inbox
    before: int  # messages before it that were handled or still wait
    refused: int  # those of the same conversation that were not handled


def take(session: Session, *, inbox_id: int, since: datetime, until: datetime) -> Taken | None:
    """Like ``claim``, and counts in the same statement what was said between these times."""
    params = {"id": inbox_id, "since": since, "until": until}
    found = session.exec(_take(), params=params).first()
    return None if found is None else Taken(*found)


@cache
def _take() -> Select[Inbox, int, int]:
    other = aliased(Inbox)
    lately = (
        select(func.count())
        .where(
            col(other.sender) == col(Inbox.sender),
            col(other.sent_at).between(bindparam("since"), bindparam("until")),
            col(other.id) < col(Inbox.id),
        )
        .correlate(Inbox)
    )
    before = lately.where(col(other.state) != "slowed").scalar_subquery()
    refused = lately.where(col(other.state) == "slowed", col(other.lane) == col(Inbox.lane))
    return (
        select(Inbox, before, refused.scalar_subquery())
        .where(Inbox.id == bindparam("id"), Inbox.state == "new")
        .with_for_update(skip_locked=True, of=Inbox)
    )


@cache
def _claim() -> SelectOfScalar[Inbox]:
    return (
        select(Inbox)
        .where(Inbox.id == bindparam("id"), Inbox.state == "new")
        .with_for_update(skip_locked=True)
    )


def newest(session: Session, *, lane: str) -> datetime | None:
    """Up to when a conversation is known to have been heard; None: never.

    The last message tells it. A member list is read at a moment of our own, and says nothing of
    messages that were written before it and have not come yet; without any message, the first of
    all updates tells since when the conversation is known.
    """
    said = func.max(Inbox.sent_at).filter(col(Inbox.sender).is_not(None))
    statement = select(func.coalesce(said, func.min(Inbox.sent_at))).where(Inbox.lane == lane)
    return session.exec(statement).one()


def latest(session: Session) -> datetime | None:
    """When the last update of all was received."""
    return session.exec(select(func.max(Inbox.received_at))).one()


def prune(session: Session, *, now: datetime, keep: timedelta) -> None:
    """Forget handled updates; a redelivery after ``keep`` would be taken for new."""
    session.execute(
        delete(Inbox).where(col(Inbox.state) != "new", col(Inbox.received_at) < now - keep)
    )
