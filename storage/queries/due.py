"""Posts whose expiry notice is due."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import Post


def communities(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities that have such posts, always in the same order."""
    statement = (
        select(Post.community_id)
        .where(*_due(now), col(Post.community_id).in_(among))
        .distinct()
        .order_by(col(Post.community_id))
    )
    return list(session.exec(statement))


def claim(session: Session, *, community_id: str, now: datetime, limit: int) -> list[Post]:
    """The posts of one community, the longest due first; held until the transaction ends."""
    statement = (
        select(Post)
        .where(*_due(now), Post.community_id == community_id)
        .order_by(col(Post.notice_at), col(Post.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(statement))


def _due(now: datetime) -> tuple[bool, ...]:
    return (Post.state == "active", col(Post.notice_at) <= now)  # type: ignore[return-value]
