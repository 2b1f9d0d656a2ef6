"""What came in."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select as CoreSelect
from sqlalchemy import Update, and_, bindparam, func, or_, update
from sqlalchemy import select as rows
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningDelete, ReturningInsert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct, retention
from storage.queries.traffic.queue_depth import QueueDepth
from storage.tables import Inbox, Table

_TABLE = Table.metadata.tables["inbox"]


class Received(NamedTuple):
    """An update as it is stored; see the table."""

    channel: str
    key: str
    lane: str
    update: str  # JSON
    sent_at: datetime
    received_at: datetime
    sender: str | None = None
    state: str = "new"
    holder: int | None = None
    done_at: datetime | None = None


def add(session: Session, *, rows: Sequence[Received]) -> dict[tuple[str, str], int]:
    """Store new updates; gives the id of each by (channel, key). Known keys are left out.

    Mostly there is one. In a flood of them, the transaction that they share is what saves time.
    """
    statement = _add(session.get_bind().dialect.name)
    ids: dict[tuple[str, str], int] = {}
    for row in rows:
        for id_ in direct.run(session, statement, row._asdict()).scalars():
            ids[row.channel, row.key] = id_
    return ids


@cache
def _add(dialect: str) -> ReturningInsert[int]:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    known = ["channel", "key"]
    return insert(_TABLE).on_conflict_do_nothing(index_elements=known).returning(_TABLE.c.id)


def stored(session: Session, *, rows: Sequence[Received]) -> dict[tuple[str, str], int]:
    """Of these very rows, the ids of those that are stored and wait to be handled."""
    ids: dict[tuple[str, str], int] = {}
    for row in rows:
        for id_ in direct.run(session, _stored(), row._asdict()).scalars():
            ids[row.channel, row.key] = id_
    return ids


@cache
def _stored() -> CoreSelect[Any]:
    row = _TABLE.c
    same = (row[name] == bindparam(name) for name in ("channel", "key", "received_at"))
    return rows(row.id).where(*same, row.state == "new")


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


def queue(session: Session) -> QueueDepth:
    """What waits to be handled."""
    statement = select(func.count(), func.min(Inbox.received_at)).where(Inbox.state == "new")
    count, oldest = session.exec(statement).one()
    return QueueDepth(count, oldest)


def claim(session: Session, *, inbox_id: int) -> Inbox | None:
    """The row, if it still waits; locked until the transaction ends."""
    return session.exec(_claim(), params={"id": inbox_id}).first()


class ClaimedUpdate(NamedTuple):
    """What is to be handled, and what its sender has said lately."""

    update: str  # JSON
    channel: str
    received_at: datetime
    recent: int  # messages before it that were handled or still wait
    refused: int  # those of the same conversation that were not handled


def claim_with_counts(
    session: Session, *, inbox_id: int, since: datetime, until: datetime
) -> ClaimedUpdate | None:
    """Like ``claim``, and counts in the same statement what was said between these times."""
    params = {"id": inbox_id, "since": since, "until": until}
    found = direct.run(session, _claim_with_counts(), params).first()
    return None if found is None else ClaimedUpdate(*found)


def finish(session: Session, *, inbox_id: int, state: str, at: datetime) -> None:
    """A row that was taken has been handled."""
    direct.run(session, _finish(), {"row": inbox_id, "new_state": state, "at": at})


def replace_update(session: Session, *, inbox_id: int, content: str) -> None:
    """Keep this of what came in, unless it was blanked, for its author has just been erased."""
    direct.run(session, _replace_update(), {"row": inbox_id, "content": content})


@cache
def _claim_with_counts() -> CoreSelect[Any]:
    row, other = _TABLE.c, _TABLE.alias()
    lately = (
        rows(func.count())
        .select_from(other)
        .where(
            other.c.sender == row.sender,
            other.c.sent_at.between(bindparam("since"), bindparam("until")),
            other.c.id < row.id,
        )
        .correlate(_TABLE)
    )
    before = lately.where(other.c.state != "slowed").scalar_subquery()
    refused = lately.where(other.c.state == "slowed", other.c.lane == row.lane).scalar_subquery()
    return (
        rows(row.update, row.channel, row.received_at, before, refused)
        .where(row.id == bindparam("id"), row.state == "new")
        .with_for_update(skip_locked=True, of=_TABLE)
    )


@cache
def _finish() -> Update:
    values: dict[str, Any] = {"state": bindparam("new_state"), "done_at": bindparam("at")}
    return update(_TABLE).where(_TABLE.c.id == bindparam("row")).values(values)


@cache
def _replace_update() -> Update:
    known = and_(_TABLE.c.id == bindparam("row"), _TABLE.c.update != "")
    return update(_TABLE).where(known).values(update=bindparam("content"))


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


class Said(NamedTuple):
    """That somebody spoke in a conversation, and which account has told of it."""

    lane: str
    sender: str
    sent_at: datetime
    channel: str


def said_since(session: Session, *, lanes: Collection[str], since: datetime) -> list[Said]:
    """Who has spoken in these conversations since then, the longest ago first."""
    row = _TABLE.c
    statement = (
        rows(row.lane, row.sender, row.sent_at, row.channel)
        .where(row.received_at >= since, row.lane.in_(lanes), row.sender.is_not(None))
        .order_by(row.received_at)
    )
    return [Said(*one) for one in session.execute(statement)]


def latest(session: Session) -> datetime | None:
    """When the last update of all was received."""
    return session.exec(select(func.max(Inbox.received_at))).one()


def prune(session: Session, *, now: datetime, keep: timedelta, limit: int) -> int:
    """Forget at most so many handled updates, and tell how many it were; a redelivery after
    ``keep`` would be taken for new.
    """
    return len(direct.run(session, _prune(), {"before": now - keep, "most": limit}))


@cache
def _prune() -> ReturningDelete[int | None]:
    at = col(Inbox.received_at)
    return retention.delete_first(Inbox, Inbox.state != "new", at < bindparam("before"), by=at)
