"""What the pages remember only for a while."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col

from storage.tables import MailCode, SignIn

KEEP_CODES = timedelta(days=1)


def prune(session: Session, *, now: datetime) -> None:
    """Forget codes that nobody counts any more, and sign-ins that have ended."""
    session.exec(delete(MailCode).where(col(MailCode.window_at) < now - KEEP_CODES))
    session.exec(delete(SignIn).where(col(SignIn.expires_at) <= now))
