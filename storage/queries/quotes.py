"""What was said in a group about the time of a message that somebody quotes."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from storage.tables import Inbox, Outbox


class Spoken(NamedTuple):
    """What the bot has said, and when."""

    message_id: str
    action: str  # JSON
    sent_at: datetime


def spoken(session: Session, *, lane: str, since: datetime, until: datetime) -> list[Spoken]:
    """What the bot has said in a group between two times."""
    statement = select(Outbox.message_id, Outbox.action, Outbox.sent_at).where(
        Outbox.lane == lane,
        col(Outbox.sent_at).between(since, until),
        col(Outbox.message_id).is_not(None),
    )
    return [Spoken(*row) for row in session.exec(statement)]


def heard(session: Session, *, lane: str, sender: str, at: datetime) -> list[str]:
    """What somebody has said in a group at that very time, as JSON."""
    statement = select(Inbox.update).where(
        Inbox.sender == sender, Inbox.sent_at == at, Inbox.lane == lane, Inbox.update != ""
    )
    return list(session.exec(statement))
