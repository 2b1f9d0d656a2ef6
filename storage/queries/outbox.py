"""What must go out: put in by the work that causes it, taken out by the sender."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, bindparam, delete, func, insert
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Session, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import plain
from storage.queries.waiting import Waiting
from storage.tables import Outbox, Table

LEASE = timedelta(minutes=10)  # beyond this an action in flight is taken for lost
_TABLE = Table.metadata.tables["outbox"]
_TOUCHED = "outbox_lanes"


def put(
    session: Session,
    *,
    lane: str,
    action: str,
    now: datetime,
    community_id: str | None = None,
    post_id: int | None = None,
    application_id: int | None = None,
) -> int:
    """Add an action (JSON) for the group or person ``lane``; sent after what stands before it.

    Gives its number.
    """
    row = {
        "channel": lane.partition(":")[0],
        "lane": lane,
        "community_id": community_id,
        "post_id": post_id,
        "application_id": application_id,
        "action": action,
        "created_at": now,
        "due_at": now,
    }
    session.info.setdefault(_TOUCHED, set()).add(lane)
    number: int = plain.run(session, _put(), row).scalar_one()
    return number


@cache
def _put() -> ReturningInsert[int]:
    return insert(_TABLE).returning(_TABLE.c.id)


def touched(session: Session) -> set[str]:
    """Lanes that this session has put something into, for waking the sender after the commit."""
    return set(session.info.get(_TOUCHED, ()))


def lanes(session: Session) -> list[str]:
    """Lanes that have something to send."""
    statement = select(Outbox.lane).where(Outbox.state == "new").distinct().order_by(Outbox.lane)
    return list(session.exec(statement))


def next_action(session: Session, *, lane: str) -> str | None:
    """The first action (JSON) of a lane that waits; nothing is claimed."""
    return session.exec(_next_action(), params={"lane": lane}).first()


@cache
def _next_action() -> SelectOfScalar[str]:
    return (
        select(Outbox.action)
        .where(Outbox.lane == bindparam("lane"), Outbox.state == "new")
        .order_by(col(Outbox.id))
        .limit(1)
    )


def claim(
    session: Session, *, lane: str, now: datetime, holder: int | None = None
) -> Outbox | None:
    """The next row of a lane, now marked as being sent, and by whom."""
    row = head(session, lane=lane)
    if row is not None:
        row.state, row.due_at, row.holder = "sending", now + LEASE, holder
        row.tries += 1
    return row


def head(session: Session, *, lane: str) -> Outbox | None:
    """The next row of a lane, locked; None while another process sends the one before it.

    Of two processes that ask at once, one waits for the other and then finds the row taken.
    """
    return session.exec(_head(), params={"lane": lane}).first()


@cache
def _head() -> SelectOfScalar[Outbox]:
    before = aliased(Outbox)
    lane: BindParameter[str] = bindparam("lane")
    sending = select(before.id).where(before.lane == lane, before.state == "sending")
    first = (
        select(Outbox.id)
        .where(Outbox.lane == lane, Outbox.state == "new", ~sending.exists())
        .order_by(col(Outbox.id))
        .limit(1)
    )
    # By its id: a plain LIMIT would go on to the row behind a row that was taken meanwhile.
    row = select(Outbox).where(Outbox.id == first.scalar_subquery(), Outbox.state == "new")
    return row.with_for_update()


def release(session: Session, *, lost_at: datetime | None = None) -> int:
    """Rows whose sender died go back to be sent: the action in flight may happen twice.

    With ``lost_at`` only those whose sender should long have come back by then.
    """
    statement = update(Outbox).where(col(Outbox.state) == "sending")
    if lost_at is not None:
        statement = statement.where(col(Outbox.due_at) < lost_at)
    return int(session.exec(statement.values(state="new")).rowcount)


def sends_since(session: Session, *, since: datetime) -> dict[str, list[datetime]]:
    """Times of the latest sends of each lane, oldest first; pacing goes on after a restart."""
    statement = (
        select(Outbox.lane, Outbox.sent_at)
        .where(col(Outbox.sent_at) >= since)
        .order_by(col(Outbox.sent_at))
    )
    times: dict[str, list[datetime]] = {}
    for lane, at in session.exec(statement):
        if at is not None:
            times.setdefault(lane, []).append(at)
    return times


def post_of_message(session: Session, *, lane: str, message_id: str) -> int | None:
    """The post that a message of the bot spoke of."""
    statement = select(Outbox.post_id).where(Outbox.lane == lane, Outbox.message_id == message_id)
    return session.exec(statement).first()


def community_of_message(session: Session, *, lane: str, message_id: str) -> str | None:
    """The community in whose name the bot said something."""
    statement = select(Outbox.community_id).where(
        Outbox.lane == lane, Outbox.message_id == message_id
    )
    return session.exec(statement).first()


def application_of_message(
    session: Session, *, lane: str, message_id: str
) -> tuple[str, int] | None:
    """Community and number of the application that a message of the bot spoke of."""
    statement = select(Outbox.community_id, Outbox.application_id).where(
        Outbox.lane == lane,
        Outbox.message_id == message_id,
        col(Outbox.application_id).is_not(None),
    )
    return session.exec(statement).first()  # type: ignore[return-value]


def drop_waiting(session: Session, *, lanes: Collection[str], containing: str) -> None:
    """Forget what has still to be sent there and holds those words."""
    statement = select(Outbox).where(Outbox.state == "new", col(Outbox.lane).in_(lanes))
    for row in session.exec(statement).all():
        if containing in row.action:
            session.delete(row)


def waiting(session: Session) -> int:
    """How many rows have still to be sent."""
    statement = select(func.count()).where(col(Outbox.state).in_(("new", "sending")))
    return session.exec(statement).one()


def queues(session: Session) -> dict[str, Waiting]:
    """What has still to be sent, by kind of channel."""
    statement = (
        select(Outbox.channel, func.count(), func.min(Outbox.created_at))
        .where(col(Outbox.state).in_(("new", "sending")))
        .group_by(col(Outbox.channel))
    )
    return {channel: Waiting(count, oldest) for channel, count, oldest in session.exec(statement)}


def newest(session: Session, *, lane: str) -> Outbox | None:
    """What was put in last for a lane."""
    statement = select(Outbox).where(Outbox.lane == lane).order_by(col(Outbox.id).desc()).limit(1)
    return session.exec(statement).first()


def prune(session: Session, *, now: datetime, keep: timedelta) -> None:
    """Forget what was put in long ago, whether it was sent or nobody ever could."""
    session.exec(
        delete(Outbox).where(col(Outbox.state) != "sending", col(Outbox.created_at) < now - keep)
    )
