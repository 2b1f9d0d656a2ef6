"""Small, dense numbers for the rows of a community."""

from typing import Final

from sqlalchemy import text
from sqlmodel import Session

_TAKE: Final = text(
    "INSERT INTO counter (community_id, name, value) VALUES (:community_id, :name, :count) "
    "ON CONFLICT (community_id, name) DO UPDATE SET value = counter.value + excluded.value "
    "RETURNING value"
)


def take(session: Session, *, community_id: str, name: str, count: int = 1) -> int:
    """The first of ``count`` new numbers. They are given back if the transaction fails."""
    row = {"community_id": community_id, "name": name, "count": count}
    last: int = session.connection().execute(_TAKE, row).scalar_one()
    return last - count + 1
