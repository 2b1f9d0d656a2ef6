"""What the page of the playground shows: the latest of a channel's traffic."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from storage.tables import Inbox, Outbox


def heard(session: Session, *, channel: str, limit: int) -> Sequence[Inbox]:
    """The latest updates of a connection, the newest first."""
    statement = select(Inbox).where(Inbox.channel == channel).order_by(col(Inbox.id).desc())
    return session.exec(statement.limit(limit)).all()


def said(session: Session, *, channel: str, limit: int) -> Sequence[Outbox]:
    """What was sent last on a channel, the newest first."""
    statement = (
        select(Outbox)
        .where(Outbox.channel == channel, Outbox.state == "sent")
        .order_by(col(Outbox.id).desc())
    )
    return session.exec(statement.limit(limit)).all()
