"""After a restored backup: what was under way then is long over."""

from datetime import datetime

from sqlmodel import Session, col, update

from storage.tables import Inbox, Outbox


def drop_unfinished(session: Session, *, now: datetime) -> int:
    """Neither handle nor send what waited; gives how many messages are not sent."""
    inbox = update(Inbox).where(col(Inbox.state) == "new")
    session.exec(inbox.values(state="failed", done_at=now))
    waiting = update(Outbox).where(col(Outbox.state).in_(("new", "sending")))
    return session.exec(waiting.values(state="dropped")).rowcount
