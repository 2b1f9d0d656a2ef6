"""What stands on the shelves that are searched: the stored analyses of posts and members."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import TextClause, bindparam, column, text
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from storage.queries import plain, postings
from storage.tables import Member, Post, UtcDateTime
from storage.tables.base import Json

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


def posts_near(
    session: Session,
    *,
    asked: postings.Asked,
    now: datetime,
    exclude_author: int | None = None,
    closed: bool = False,
) -> Found:
    """The same for those on a shelf that are nearest to what is asked for."""
    if not asked.count:
        return []
    author = _NOBODY if exclude_author is None else exclude_author
    values = {**asked.values, "author": author, "now": now}
    rows = plain.run(session, _posts_near(asked.count), values)
    return [
        (id_, analysis)
        for id_, state, runs, analysis in rows
        if (state != "active" if closed else state == "active" and runs)
    ]


def members_near(session: Session, *, asked: postings.Asked, exclude: int | None = None) -> Found:
    """The same for members."""
    if not asked.count:
        return []
    rows = plain.run(session, _members_near(asked.count), asked.values)
    return [
        (id_, analysis) for id_, active, analysis in rows if active and analysis and id_ != exclude
    ]


@cache
def _posts_near(count: int) -> TextualSelect:
    """The candidates lead: asked in another order, SQLite would walk through all posts."""
    sql = (
        "SELECT post.id, post.state, post.expires_at > :now AS runs, post.analysis "
        f"FROM ({postings.nearest(count)}) AS found CROSS JOIN post "
        "WHERE post.community_id = :community_id AND post.id = found.item_id "
        "AND post.author_id <> :author"
    )
    asked: TextClause = text(sql).bindparams(bindparam("now", type_=UtcDateTime))
    return asked.columns(
        column("id"), column("state"), column("runs"), column("analysis", type_=Json)
    )


@cache
def _members_near(count: int) -> TextualSelect:
    sql = (
        "SELECT member.id, member.active, member.analysis "
        f"FROM ({postings.nearest(count)}) AS found CROSS JOIN member "
        "WHERE member.community_id = :community_id AND member.id = found.item_id"
    )
    return text(sql).columns(column("id"), column("active"), column("analysis", type_=Json))


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
