"""The accounts of the bot itself, as far as what they have told is still stored."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import Inbox


def known(session: Session) -> list[str]:
    """Their addresses. The next one is looked up each time: they are few, and what they have told
    is much.
    """
    found: list[str] = []
    last = ""
    while True:
        later = select(func.min(Inbox.channel)).where(col(Inbox.channel) > last)
        following = session.exec(later).one()
        if following is None:
            return found
        found.append(following)
        last = following
