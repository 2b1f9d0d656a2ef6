"""Numbers kept for each community: those that rows are known by, and how many there are."""

from typing import Final

from sqlalchemy import text
from sqlmodel import Session

from storage.queries import direct

_ADD: Final = text(
    "INSERT INTO counter (community_id, name, value) VALUES (:community_id, :name, :change) "
    "ON CONFLICT (community_id, name) DO UPDATE SET value = counter.value + excluded.value "
    "RETURNING value"
)
_VALUE: Final = text(
    "SELECT value FROM counter WHERE community_id = :community_id AND name = :name"
)
_TOTAL: Final = text("SELECT SUM(value) FROM counter WHERE name = :name")


def take(session: Session, *, community_id: str, name: str, count: int = 1) -> int:
    """The first of ``count`` new numbers. They are given back if the transaction fails."""
    return add(session, community_id=community_id, name=name, change=count) - count + 1


def add(session: Session, *, community_id: str, name: str, change: int) -> int:
    """Raise or lower a number that starts at 0, and return what it is then."""
    row = {"community_id": community_id, "name": name, "change": change}
    now: int = direct.run_unflushed(session, _ADD, row).scalar_one()
    return now


def value(session: Session, *, community_id: str, name: str) -> int:
    """What a number is."""
    key = {"community_id": community_id, "name": name}
    found: int | None = direct.run_unflushed(session, _VALUE, key).scalar_one_or_none()
    return found or 0


def total(session: Session, *, name: str) -> int:
    """What a number is in all communities together."""
    return int(session.connection().execute(_TOTAL, {"name": name}).scalar_one() or 0)
