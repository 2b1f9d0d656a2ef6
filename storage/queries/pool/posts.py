"""Posts, as their community looks for them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, or_
from sqlalchemy import select as rows
from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import Session, col, select

from storage.queries import direct, loaded
from storage.tables import Post, Table

_TABLE = Table.metadata.tables["post"]

# By number alone, SQLite would walk through all posts of the community to save a little sorting.
_LATEST = (col(Post.created_at).desc(), col(Post.id).desc())


def add(session: Session, *, post: Post) -> None:
    """Store a new post. From now on the session has it like one that it has loaded."""
    row = {column.name: getattr(post, column.name) for column in _TABLE.columns}
    direct.add(session, _TABLE.name, [row])
    make_transient_to_detached(post)
    session.add(post)


def by_ids(session: Session, *, community_id: str, ids: Collection[int]) -> dict[int, Post]:
    """The posts by their numbers."""
    return {post.id: post for post in loaded.by_ids(session, Post, community_id, ids)}


def same(
    session: Session,
    *,
    community_id: str,
    author_id: int,
    kind: str,
    fingerprint: str,
    since: datetime,
) -> Post | None:
    """The author's latest post of that kind with the same words, unless done or withdrawn."""
    values = {
        "community_id": community_id,
        "author_id": author_id,
        "kind": kind,
        "fingerprint": fingerprint,
        "since": since,
    }
    number = direct.run(session, _same(), values).scalar_one_or_none()
    return None if number is None else session.get_one(Post, (community_id, number))


@cache
def _same() -> Select[Any]:
    """Its number alone, for mostly there is none."""
    row = _TABLE.c
    return (
        rows(row.id)
        .where(
            row.community_id == bindparam("community_id"),
            row.author_id == bindparam("author_id"),
            row.kind == bindparam("kind"),
            row.fingerprint == bindparam("fingerprint"),
            row.updated_at >= bindparam("since"),
            or_(row.state == "active", row.state == "expired"),
        )
        .order_by(row.created_at.desc(), row.id.desc())
        .limit(1)
    )


def count_since(session: Session, *, community_id: str, member_id: int, since: datetime) -> int:
    """How many posts the member brought in since then, and did not take back."""
    values = {"community_id": community_id, "member_id": member_id, "since": since}
    return sum(direct.run(session, _brought(), values)[0])


@cache
def _brought() -> Select[Any]:
    """His own and those he collected: each part has its index.

    What is his own is told by a filter: as a condition, it would lead SQLite to the wrong one.
    """
    row = _TABLE.c
    lately = (
        row.community_id == bindparam("community_id"),
        row.created_at >= bindparam("since"),
        row.state != "undone",
    )
    who, by_himself = bindparam("member_id", type_=Integer), row.collected_by.is_(None)
    own = rows(func.count().filter(by_himself)).where(*lately, row.author_id == who)
    collected = rows(func.count()).where(*lately, row.collected_by == who)
    return rows(own.scalar_subquery(), collected.scalar_subquery())


def by_author(
    session: Session,
    *,
    community_id: str,
    author_id: int,
    state: str,
    since: datetime | None = None,
) -> list[Post]:
    """The author's posts in that state, the newest first; ``since`` looks at their end."""
    statement = (
        select(Post)
        .where(Post.community_id == community_id, Post.author_id == author_id, Post.state == state)
        .order_by(*_LATEST)
    )
    if since is not None:
        statement = statement.where(Post.expires_at >= since)
    return list(session.exec(statement))


def running_after(session: Session, *, community_id: str, after: int, now: datetime) -> list[Post]:
    """Posts with a later number that still run, the oldest first."""
    statement = (
        select(Post)
        .where(
            Post.community_id == community_id,
            Post.id > after,
            Post.state == "active",
            Post.expires_at > now,
        )
        .order_by(col(Post.id))
    )
    return list(session.exec(statement))


def came_since(session: Session, *, community_id: str, kind: str, since: datetime) -> bool:
    """Whether a post of the kind was made after that, and is still open."""
    newest = (
        select(Post.created_at)
        .where(Post.community_id == community_id, Post.kind == kind, Post.state == "active")
        .order_by(col(Post.id).desc())
        .limit(1)
    )
    found = session.exec(newest).first()
    return found is not None and found > since


def by_source(
    session: Session, *, community_id: str, group: str | None, message_id: str
) -> Post | None:
    """The post that a message became."""
    statement = (
        select(Post)
        .where(
            Post.community_id == community_id,
            Post.source_message == message_id,
            Post.source_group == group,
        )
        .order_by(*_LATEST)
    )
    return session.exec(statement).first()
