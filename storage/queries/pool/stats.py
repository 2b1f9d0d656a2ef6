"""Counts for a community's own eyes."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_
from sqlmodel import Session, col, select

from storage.tables import Credit, Match, Member, Post


def live(session: Session, *, community_id: str) -> dict[str, int]:
    """How many posts of each kind are live."""
    statement = (
        select(Post.kind, func.count())
        .where(Post.community_id == community_id, Post.state == "active")
        .group_by(Post.kind)
    )
    return dict(session.exec(statement).all())


def posted(session: Session, *, community_id: str, since: datetime) -> tuple[int, int]:
    """How many posts were made since then, and how many of them found a match or were done."""
    made = (
        Post.community_id == community_id,
        Post.created_at >= since,
        col(Post.state).not_in(("withdrawn", "undone")),
    )
    total = select(func.count()).select_from(Post).where(*made)
    answered = total.where(or_(col(Post.state) == "done", _matched()))
    return session.exec(total).one(), session.exec(answered).one()


def done(session: Session, *, community_id: str) -> tuple[int, int]:
    """How many posts were done, and for how many of them a helper was named."""
    total = (
        select(func.count())
        .select_from(Post)
        .where(Post.community_id == community_id, Post.state == "done")
    )
    thanked = exists().where(
        col(Credit.community_id) == Post.community_id, col(Credit.post_id) == Post.id
    )
    return session.exec(total).one(), session.exec(total.where(thanked)).one()


def helpers(session: Session, *, community_id: str, limit: int) -> list[tuple[Member, int]]:
    """Who was named most often as having helped."""
    times = func.count()
    statement = (
        select(Member, times)
        .join(
            Credit,
            (col(Credit.community_id) == Member.community_id)
            & (col(Credit.helper_id) == Member.id),
        )
        .where(Member.community_id == community_id, col(Member.active))
        .group_by(col(Member.community_id), col(Member.id))
        .order_by(times.desc(), col(Member.id))
        .limit(limit)
    )
    return [(member, count) for member, count in session.exec(statement)]


def _matched() -> ColumnElement[bool]:
    """The post was shown a match, or was shown as one."""
    same = col(Match.community_id) == Post.community_id
    return or_(
        exists().where(same, col(Match.post_id) == Post.id, col(Match.shown)),
        exists().where(same, col(Match.target_post_id) == Post.id, col(Match.shown)),
    )
