"""What came in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.tables import Inbox


def add(session: Session, *, rows: Sequence[Inbox]) -> dict[tuple[str, str], int]:
    """Store new updates; gives the id of each by (channel, key). Known keys are left out."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    values = [row.model_dump(exclude={"id"}) for row in rows]
    statement = (
        insert(Inbox)
        .values(values)
        .on_conflict_do_nothing(index_elements=["channel", "key"])
        .returning(col(Inbox.id), col(Inbox.channel), col(Inbox.key))
    )
    return {(channel, key): int(id_) for id_, channel, key in session.execute(statement)}


def unfinished(session: Session, *, before: datetime | None = None) -> list[tuple[int, str]]:
    """Id and lane of every row that waits to be handled, oldest first."""
    statement = select(Inbox.id, Inbox.lane).where(Inbox.state == "new").order_by(col(Inbox.id))
    if before is not None:
        statement = statement.where(col(Inbox.received_at) < before)
    return [(id_, lane) for id_, lane in session.exec(statement) if id_ is not None]


def claim(session: Session, *, inbox_id: int) -> Inbox | None:
    """The row, if it still waits; locked until the transaction ends."""
    statement = (
        select(Inbox)
        .where(Inbox.id == inbox_id, Inbox.state == "new")
        .with_for_update(skip_locked=True)
    )
    return session.exec(statement).first()


def newest(session: Session, *, lane: str) -> datetime | None:
    """When the newest known message of a conversation was written."""
    return session.exec(select(func.max(Inbox.sent_at)).where(Inbox.lane == lane)).one()


def latest(session: Session) -> datetime | None:
    """When the last update of all was received."""
    return session.exec(select(func.max(Inbox.received_at))).one()


def prune(session: Session, *, now: datetime, keep: timedelta) -> None:
    """Forget handled updates; a redelivery after ``keep`` would be taken for new."""
    session.execute(
        delete(Inbox).where(col(Inbox.state) != "new", col(Inbox.received_at) < now - keep)
    )
