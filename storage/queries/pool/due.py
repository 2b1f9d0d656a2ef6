"""Posts whose expiry notice is due."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col

from storage.queries import due_rows
from storage.tables import Post


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities that have such posts, always in the same order."""
    return due_rows.communities(session, Post, *_due(now), among=among)


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Post]:
    """The posts of one community, the longest due first; held until the transaction ends."""
    due = (Post.community_id == community_id, *_due(now))
    return due_rows.claim(session, Post, *due, by=(col(Post.notice_at), col(Post.id)), limit=limit)


def _due(now: datetime) -> tuple[bool, ...]:
    return (Post.state == "active", col(Post.notice_at) <= now)  # type: ignore[return-value]
