"""What stands on the shelves that are searched: the stored analyses of posts and members.

They are given as they are stored, for whoever has read one before need not read it again.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Text, TextClause, bindparam, cast, select, text
from sqlmodel import Session

from storage.queries import direct
from storage.queries.pool import postings
from storage.tables import Table, UtcDateTime

_NOBODY = 0  # members count from 1
Found = list[tuple[int, int, str]]  # number, whose it is, and JSON


def posts(
    session: Session,
    *,
    community_id: str,
    ids: Collection[int],
    now: datetime,
    exclude_author: int | None = None,
    closed: bool = False,
) -> Found:
    """Number, author and analysis of those among the posts that still run, or that do no more."""
    if not ids:
        return []
    author = _NOBODY if exclude_author is None else exclude_author
    values = {"community_id": community_id, "ids": list(ids), "author": author}
    rows = direct.run(session, _posts(), values)
    return [
        (id_, owner, analysis)
        for id_, owner, state, expires, analysis in rows
        if (state != "active" if closed else state == "active" and expires > now)
    ]


def members(
    session: Session, *, community_id: str, ids: Collection[int], exclude: int | None = None
) -> Found:
    """The same of those among the members who are active."""
    if not ids:
        return []
    values = {"community_id": community_id, "ids": list(ids)}
    rows = direct.run(session, _members(), values)
    return [(id_, id_, analysis) for id_, analysis in rows if analysis and id_ != exclude]


def posts_near(
    session: Session,
    *,
    asked: postings.NearestQuery,
    now: datetime,
    exclude_author: int | None = None,
    closed: bool = False,
) -> Found:
    """The same for those on a shelf that are nearest to what is asked for."""
    if not asked.count:
        return []
    author = _NOBODY if exclude_author is None else exclude_author
    values = {**asked.values, "author": author, "now": now}
    rows = direct.run(session, _posts_near(asked.count), values)
    return [
        (id_, owner, analysis)
        for id_, owner, state, runs, analysis in rows
        if (state != "active" if closed else state == "active" and runs)
    ]


def members_near(
    session: Session, *, asked: postings.NearestQuery, exclude: int | None = None
) -> Found:
    """The same for members."""
    if not asked.count:
        return []
    rows = direct.run(session, _members_near(asked.count), asked.values)
    return [
        (id_, id_, analysis)
        for id_, active, analysis in rows
        if active and analysis and id_ != exclude
    ]


@cache
def _posts_near(count: int) -> TextClause:
    """The candidates lead: asked in another order, SQLite would walk through all posts."""
    sql = (
        "SELECT post.id, post.author_id, post.state, post.expires_at > :now, "
        f"CAST(post.analysis AS TEXT) FROM ({postings.nearest(count)}) AS found CROSS JOIN post "
        "WHERE post.community_id = :community_id AND post.id = found.item_id "
        "AND post.author_id <> :author"
    )
    return text(sql).bindparams(bindparam("now", type_=UtcDateTime))


@cache
def _members_near(count: int) -> TextClause:
    sql = (
        "SELECT member.id, member.active, CAST(member.analysis AS TEXT) "
        f"FROM ({postings.nearest(count)}) AS found CROSS JOIN member "
        "WHERE member.community_id = :community_id AND member.id = found.item_id"
    )
    return text(sql)


@cache
def _posts() -> Select[Any]:
    """By number alone: asked for the active ones, SQLite would walk through all that are active."""
    row = Table.metadata.tables["post"].c
    return select(row.id, row.author_id, row.state, row.expires_at, cast(row.analysis, Text)).where(
        row.community_id == bindparam("community_id"),
        row.id.in_(bindparam("ids", expanding=True)),
        row.author_id != bindparam("author"),
    )


@cache
def _members() -> Select[Any]:
    row = Table.metadata.tables["member"].c
    return select(row.id, cast(row.analysis, Text)).where(
        row.community_id == bindparam("community_id"),
        row.id.in_(bindparam("ids", expanding=True)),
        row.active,
    )
