"""What stands on the shelves that are searched: the stored analyses of posts and members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

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
    if not ids:
        return []
    values = {"community_id": community_id, "ids": list(ids), "now": now}
    rows = session.exec(_posts(), params=values)
    return [(id_, analysis) for id_, author, analysis in rows if author != exclude_author]


def members(
    session: Session, *, community_id: str, ids: Collection[int], exclude: int | None = None
) -> Found:
    """Number and analysis of those among the members who are active."""
    if not ids:
        return []
    values = {"community_id": community_id, "ids": list(ids)}
    rows = session.exec(_members(), params=values)
    return [(id_, analysis) for id_, analysis in rows if analysis and id_ != exclude]


@cache
def _posts() -> Select[int, int, Mapping[str, Any]]:
    return select(Post.id, Post.author_id, Post.analysis).where(
        Post.community_id == bindparam("community_id"),
        col(Post.id).in_(bindparam("ids", expanding=True)),
        Post.state == "active",
        Post.expires_at > bindparam("now"),
    )


@cache
def _members() -> Select[int, Mapping[str, Any] | None]:
    return select(Member.id, Member.analysis).where(
        Member.community_id == bindparam("community_id"),
        col(Member.id).in_(bindparam("ids", expanding=True)),
        col(Member.active),
    )
