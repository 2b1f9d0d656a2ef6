"""What is remembered only for a while."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from storage.tables import Inbox, MailCode, Outbox, SignIn

KEEP_CODES = timedelta(days=1)


def prune(session: Session, *, now: datetime) -> None:
    """Forget codes that nobody counts any more, and sign-ins that have ended."""
    session.exec(delete(MailCode).where(col(MailCode.window_at) < now - KEEP_CODES))
    session.exec(delete(SignIn).where(col(SignIn.expires_at) <= now))


def forget(session: Session, table: type[Inbox | Outbox], *old: Any, by: Any, limit: int) -> int:
    """Delete at most so many of these rows, but none that somebody has just locked; gives how many
    it were.
    """
    rows = select(table.id).where(*old).order_by(by).limit(limit)
    statement = delete(table).where(col(table.id).in_(rows.with_for_update(skip_locked=True)))
    return session.exec(statement).rowcount
