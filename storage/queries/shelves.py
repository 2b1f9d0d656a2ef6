"""What stands on the shelves that are searched: the stored analyses of posts and members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from storage.tables import Member, Post

_NOBODY = 0  # members count from 1
Found = list[tuple[int, Mapping[str, Any]]]


def posts(
    session: Session,
    *,
    community_id: str,
    ids: Collection[int],
    now: datetime,
    exclude_author: int | None = None,
    closed: bool = False,
) -> Found:
    """Number and analysis of those among the posts that still run, or that do no more."""
    if not ids:
        return []
    author = _NOBODY if exclude_author is None else exclude_author
    values = {"community_id": community_id, "ids": list(ids), "author": author}
    rows = session.exec(_posts(), params=values)
    return [
        (id_, analysis)
        for id_, state, expires, analysis in rows
        if (state != "active" if closed else state == "active" and expires > now)
    ]


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
def _posts() -> Select[int, str, datetime, Mapping[str, Any]]:
    """By number alone: asked for the active ones, SQLite would walk through all that are active."""
    return select(Post.id, Post.state, Post.expires_at, Post.analysis).where(
        Post.community_id == bindparam("community_id"),
        col(Post.id).in_(bindparam("ids", expanding=True)),
        Post.author_id != bindparam("author"),
    )


@cache
def _members() -> Select[int, Mapping[str, Any] | None]:
    return select(Member.id, Member.analysis).where(
        Member.community_id == bindparam("community_id"),
        col(Member.id).in_(bindparam("ids", expanding=True)),
        col(Member.active),
    )
