"""Conversations that one process after the other decides about. For PostgreSQL, the only database
that processes share.
"""

from collections.abc import Collection

from sqlalchemy import text
from sqlmodel import Session

from storage.presence import lease_of
from storage.queries import direct

_LOCK_CLASS = 4_242_004  # beside that of the chat accounts
_LOCK = text("SELECT pg_advisory_xact_lock(:kind, n) FROM unnest(CAST(:numbers AS integer[])) AS n")


def lock(session: Session, *, lanes: Collection[str]) -> None:
    """Until the transaction ends, no other process takes up copies there, or looks whether
    something has been said.

    All at once and in the same order, so that no two wait for each other.
    """
    numbers = sorted({lease_of(lane) for lane in lanes})
    direct.run(session, _LOCK, {"kind": _LOCK_CLASS, "numbers": numbers})
