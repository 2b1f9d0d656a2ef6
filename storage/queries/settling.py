"""After a restored backup: what was under way then is long over."""

from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col

from storage.tables import Inbox, Outbox


def drop_unfinished(session: Session, *, now: datetime) -> int:
    """Neither handle nor send what waited; gives how many messages are not sent."""
    inbox = update(Inbox).where(col(Inbox.state) == "new")
    session.execute(inbox.values(state="failed", done_at=now))
    waiting = update(Outbox).where(col(Outbox.state).in_(("new", "sending")))
    done = session.execute(waiting.values(state="dropped"))
    return done.rowcount if isinstance(done, CursorResult) else 0
