"""Which processes hold rows of the traffic, and taking over the rows of dead ones."""

from collections.abc import Collection

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from storage.presence import LOCK_CLASS
from storage.tables import Inbox, Outbox

Rows = list[tuple[int, str]]
"""Id and lane, oldest first."""


def holders(session: Session) -> set[int | None]:
    """Under which numbers there is unfinished work."""
    received = select(Inbox.holder).where(Inbox.state == "new").distinct()
    leaving = select(Outbox.holder).where(Outbox.state == "sending").distinct()
    return {*session.exec(received), *session.exec(leaving)}


def take_over(session: Session, *, number: int) -> Rows:
    """What was done under this number, whose lock we have just got: sends in flight are sent
    again; gives what was received and not handled.
    """
    _release(session, number)
    return received(session, number=number)


def received(session: Session, *, number: int) -> Rows:
    """What came in under this number and is not handled.

    Waits for whoever handles one of these rows at this moment: the server takes a while to roll
    back what the dead had begun, and until then the row could not be claimed.
    """
    statement = select(Inbox.id, Inbox.lane).where(Inbox.state == "new", Inbox.holder == number)
    found = session.exec(statement.order_by(col(Inbox.id)).with_for_update())
    return [(id_, lane) for id_, lane in found if id_ is not None]


def adopt(session: Session, *, numbers: Collection[int | None], instance_id: int) -> None:
    """Take over the rows of dead processes, but of none that another process is taking over."""
    for number in sorted(numbers, key=lambda one: one or 0):
        if number is not None and not _locked(session, number):
            continue
        _release(session, number)
        session.exec(
            update(Inbox)
            .where(col(Inbox.state) == "new", col(Inbox.holder).is_not_distinct_from(number))
            .values(holder=instance_id)
        )


def _locked(session: Session, number: int) -> bool:
    """Until the transaction ends."""
    return bool(session.exec(select(func.pg_try_advisory_xact_lock(LOCK_CLASS, number))).one())


def _release(session: Session, number: int | None) -> None:
    session.exec(
        update(Outbox)
        .where(col(Outbox.state) == "sending", col(Outbox.holder).is_not_distinct_from(number))
        .values(state="new", holder=None)
    )
