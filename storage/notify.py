"""Notifying other processes, with the commit, that there is something to send."""

from collections.abc import Callable

from sqlalchemy import text
from sqlmodel import Session

from storage.queries.traffic import outbox

CHANNEL = "laoyou_outbox"
_CALL = "SELECT pg_notify(:channel, lane) FROM unnest(CAST(:lanes AS text[])) AS lane"


def notify_lanes(session: Session, *, is_local: Callable[[str], bool]) -> None:
    """Notify of the lanes that this transaction has put something into. For PostgreSQL.

    ``is_local``: those that this process serves itself, and wakes by itself.
    """
    lanes = [lane for lane in outbox.touched(session) if not is_local(lane)]
    if lanes:
        session.execute(text(_CALL), {"channel": CHANNEL, "lanes": lanes})
