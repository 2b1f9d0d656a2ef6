"""Posts whose expiry notice is due."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col

from storage.queries import due_rows
from storage.tables import Post, Table

_TABLE = Table.metadata.tables["post"]
_ACTIVE = _TABLE.c.state == "active"


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities that have such posts, always in the same order."""
    return due_rows.communities(session, _TABLE.c.notice_at, _ACTIVE, now=now, among=among)


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Post]:
    """The posts of one community, the longest due first; held until the transaction ends."""
    due = (Post.community_id == community_id, _ACTIVE, col(Post.notice_at) <= now)
    return due_rows.claim(session, Post, *due, by=(col(Post.notice_at), col(Post.id)), limit=limit)
