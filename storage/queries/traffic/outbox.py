"""What must go out: put in by the work that causes it, taken out by the sender."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, Update, bindparam, delete, exists, func, insert, update
from sqlalchemy import select as rows
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert, ReturningUpdate
from sqlmodel import Session, col, select

from storage.queries import direct, retention
from storage.queries.traffic.queue_depth import QueueDepth
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
    number: int = direct.run(session, _put(), row).scalar_one()
    return number


@cache
def _put() -> ReturningInsert[int]:
    return insert(_TABLE).returning(_TABLE.c.id)


def touched(session: Session) -> set[str]:
    """Lanes that this session has put something into, for waking the sender after the commit."""
    return set(session.info.get(_TOUCHED, ()))


def lanes(session: Session) -> list[str]:
    """Lanes that have something to send."""
    return direct.run(session, _lanes(), {}).scalars()


@cache
def _lanes() -> Select[Any]:
    row = _TABLE.c
    return rows(row.lane).where(row.state == "new").distinct().order_by(row.lane)


def next_action(session: Session, *, lane: str) -> str | None:
    """The first action (JSON) of a lane that waits; nothing is claimed."""
    action: str | None = direct.run(session, _next_action(), {"lane": lane}).scalar_one_or_none()
    return action


@cache
def _next_action() -> Select[Any]:
    row = _TABLE.c
    return (
        rows(row.action)
        .where(row.lane == bindparam("lane"), row.state == "new")
        .order_by(row.id)
        .limit(1)
    )


class Claimed(NamedTuple):
    """What is to be sent."""

    id: int
    channel: str
    action: str  # JSON
    created_at: datetime
    tries: int


def claim(
    session: Session, *, lane: str, now: datetime, holder: int | None = None
) -> Claimed | None:
    """The next row of a lane, now marked as being sent, and by whom.

    None while another process sends the one before it. Of two processes that ask at once, one
    waits for the other and then finds the row taken.
    """
    values = {"its_lane": lane, "lost_at": now + LEASE, "by": holder}
    found = direct.run(session, _claim(), values).first()
    return None if found is None else Claimed(*found)


@cache
def _claim() -> ReturningUpdate[*tuple[Any, ...]]:
    row, before, ahead = _TABLE.c, _TABLE.alias().c, _TABLE.alias().c
    lane = bindparam("its_lane", type_=String)
    sending = exists().where(before.lane == lane, before.state == "sending")
    first = (
        rows(ahead.id)
        .where(ahead.lane == lane, ahead.state == "new", ~sending)
        .order_by(ahead.id)
        .limit(1)
    )
    values: dict[str, Any] = {
        "state": "sending",
        "due_at": bindparam("lost_at"),
        "holder": bindparam("by"),
        "tries": row.tries + 1,
    }
    # By its id: a plain LIMIT would go on to the row behind a row that was taken meanwhile.
    taken = update(_TABLE).where(row.id == first.scalar_subquery(), row.state == "new")
    told = (row.id, row.channel, row.action, row.created_at, row.tries)
    return taken.values(values).returning(*told)


def requeue(session: Session, *, row_id: int, attempt: int) -> None:
    """A row that could not be sent waits again, unless it was taken over from us meanwhile."""
    direct.run(session, _requeue(), {"row": row_id, "attempt": attempt})


@cache
def _requeue() -> Update:
    return _still_claimed().values({"state": "new"})


def unclaim(session: Session, *, row_id: int, attempt: int, lane: str) -> None:
    """Likewise, and as if it had just been put in: it was not even tried."""
    direct.run(session, _unclaim(), {"row": row_id, "attempt": attempt})
    session.info.setdefault(_TOUCHED, set()).add(lane)


@cache
def _unclaim() -> Update:
    return _still_claimed().values({"state": "new", "holder": None, "tries": _TABLE.c.tries - 1})


def _still_claimed() -> Update:
    """The row at that try: who claims it after us tries once more."""
    row = _TABLE.c
    mine = (row.id == bindparam("row"), row.tries == bindparam("attempt"))
    return update(_TABLE).where(*mine, row.state == "sending")


class Subject(NamedTuple):
    """What a row speaks of."""

    community_id: str | None
    post_id: int | None
    application_id: int | None


def record_result(
    session: Session,
    *,
    row_id: int,
    state: str,
    at: datetime | None = None,
    message_id: str | None = None,
    detail: str = "",
) -> Subject | None:
    """How it went; None for a row that is gone."""
    values = {
        "row": row_id,
        "new_state": state,
        "at": at,
        "message": message_id,
        "details": detail,
    }
    found = direct.run(session, _record_result(), values).first()
    return None if found is None else Subject(*found)


@cache
def _record_result() -> ReturningUpdate[*tuple[Any, ...]]:
    row = _TABLE.c
    values: dict[str, Any] = {
        "state": bindparam("new_state"),
        "sent_at": bindparam("at"),
        "message_id": bindparam("message"),
        "detail": bindparam("details"),
    }
    settled = update(_TABLE).where(row.id == bindparam("row")).values(values)
    return settled.returning(row.community_id, row.post_id, row.application_id)


def forget(session: Session, *, row_id: int) -> None:
    """Keep nothing of a row."""
    session.execute(delete(Outbox).where(col(Outbox.id) == row_id))


def release(
    session: Session,
    *,
    lost_at: datetime | None = None,
    lane: str | None = None,
    holder: int | None = None,
) -> int:
    """Rows whose sender died go back to be sent: the action in flight may happen twice.

    With ``lost_at`` only those whose sender should long have come back by then; with ``lane`` only
    those that ``holder`` has in hand there.
    """
    statement = update(Outbox).where(col(Outbox.state) == "sending")
    if lost_at is not None:
        statement = statement.where(col(Outbox.due_at) < lost_at)
    if lane is not None:
        mine = col(Outbox.holder).is_not_distinct_from(holder)
        statement = statement.where(col(Outbox.lane) == lane, mine)
    return session.exec(statement.values(state="new")).rowcount


def sends_since(session: Session, *, since: datetime) -> dict[str, list[datetime]]:
    """Times of the latest sends of each lane, oldest first; pacing goes on after a restart."""
    times: dict[str, list[datetime]] = {}
    for lane, at in direct.run(session, _sends_since(), {"since": since}):
        times.setdefault(lane, []).append(at)
    return times


@cache
def _sends_since() -> Select[Any]:
    row = _TABLE.c
    sent = rows(row.lane, row.sent_at).where(row.sent_at >= bindparam("since"))
    return sent.order_by(row.sent_at)


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


def queues(session: Session) -> dict[str, QueueDepth]:
    """What has still to be sent, by kind of channel."""
    statement = (
        select(Outbox.channel, func.count(), func.min(Outbox.created_at))
        .where(col(Outbox.state).in_(("new", "sending")))
        .group_by(col(Outbox.channel))
    )
    return {
        channel: QueueDepth(count, oldest) for channel, count, oldest in session.exec(statement)
    }


def newest(session: Session, *, lane: str) -> Outbox | None:
    """What was put in last for a lane.

    Asked for the number as it is, databases would walk through those of all lanes.
    """
    latest = select(func.max(col(Outbox.id) + 0)).where(Outbox.lane == lane)
    return session.exec(select(Outbox).where(Outbox.id == latest.scalar_subquery())).first()


def prune(session: Session, *, now: datetime, keep: timedelta, limit: int) -> int:
    """Forget at most so many of those that were put in long ago, whether they were sent or nobody
    ever could; gives how many it were.
    """
    return len(direct.run(session, _prune(), {"before": now - keep, "most": limit}))


@cache
def _prune() -> ReturningDelete[int | None]:
    at = col(Outbox.created_at)
    return retention.delete_first(
        Outbox, Outbox.state != "sending", at < bindparam("before"), by=at
    )
