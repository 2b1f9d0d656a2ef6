"""What stands on the shelves that are searched: the stored analyses of posts and members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.tables import Member, Post

Found = list[tuple[int, Mapping[str, Any]]]


def posts(
    session: Session,
    *,
    community_id: str,
    ids: Collection[int],
    now: datetime,
    exclude_author: int | None = None,
) -> Found:
    """Number and analysis of those among the posts that still run."""
    statement = select(Post.id, Post.author_id, Post.analysis).where(
        Post.community_id == community_id,
        col(Post.id).in_(ids),
        Post.state == "active",
        Post.expires_at > now,
    )
    rows = session.exec(statement)
    return [(id_, analysis) for id_, author, analysis in rows if author != exclude_author]


def members(
    session: Session, *, community_id: str, ids: Collection[int], exclude: int | None = None
) -> Found:
    """Number and analysis of those among the members who are active."""
    statement = select(Member.id, Member.analysis).where(
        Member.community_id == community_id, col(Member.id).in_(ids), col(Member.active)
    )
    rows = session.exec(statement)
    return [(id_, analysis) for id_, analysis in rows if analysis and id_ != exclude]
