"""Posts, as their community looks for them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import loaded
from storage.tables import Post

# By number alone, SQLite would walk through all posts of the community to save a little sorting.
_LATEST = (col(Post.created_at).desc(), col(Post.id).desc())


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
    return session.exec(_same(), params=values).first()


@cache
def _same() -> SelectOfScalar[Post]:
    return (
        select(Post)
        .where(
            Post.community_id == bindparam("community_id"),
            Post.author_id == bindparam("author_id"),
            Post.kind == bindparam("kind"),
            Post.fingerprint == bindparam("fingerprint"),
            Post.updated_at >= bindparam("since"),
            col(Post.state).in_(("active", "expired")),
        )
        .order_by(*_LATEST)
        .limit(1)
    )


def count_since(session: Session, *, community_id: str, member_id: int, since: datetime) -> int:
    """How many posts the member brought in since then, and did not take back."""
    own = and_(col(Post.author_id) == member_id, col(Post.collected_by).is_(None))
    collected = col(Post.collected_by) == member_id
    return sum(
        session.exec(
            select(func.count())
            .select_from(Post)
            .where(
                Post.community_id == community_id,
                whose,
                Post.created_at >= since,
                Post.state != "undone",
            )
        ).one()
        for whose in (own, collected)  # one after the other, for each has its index
    )


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
