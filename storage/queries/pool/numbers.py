"""Counts over time. Weeks are cut where the caller says: only he knows the community's zone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlmodel import Session, col, select

from storage.tables import Label, Match, Member, Post

_GONE = ("withdrawn", "undone")


def members_by_span(session: Session, *, community_id: str, cuts: Sequence[datetime]) -> list[int]:
    """How many of the active members came before the first cut, between each two, and after."""
    span = _span(col(Member.created_at), cuts)
    statement = (
        select(span, func.count())
        .where(Member.community_id == community_id, col(Member.active))
        .group_by(span)
    )
    found = dict(session.exec(statement).all())
    return [found.get(place, 0) for place in range(len(cuts) + 1)]


def posts_by_span(
    session: Session, *, community_id: str, cuts: Sequence[datetime]
) -> dict[str, list[int]]:
    """By kind, how many posts were made from each cut on, without what was undone at once."""
    span = _span(col(Post.created_at), cuts[1:])
    statement = (
        select(Post.kind, span, func.count())
        .where(
            Post.community_id == community_id,
            Post.created_at >= cuts[0],
            Post.state != "undone",
        )
        .group_by(Post.kind, span)
    )
    found = {(kind, place): count for kind, place, count in session.exec(statement)}
    kinds = ("need", "offer")
    return {kind: [found.get((kind, at), 0) for at in range(len(cuts))] for kind in kinds}


def answered(session: Session, *, community_id: str, since: datetime) -> tuple[int, int]:
    """How many posts were made since then, and how many of them came to something.

    That is: was shown a match, was shown as one, got a match that somebody called useful, or was
    done.
    """
    made = (
        Post.community_id == community_id,
        Post.created_at >= since,
        col(Post.state).not_in(_GONE),
    )
    total = select(func.count()).select_from(Post).where(*made)
    helped = total.where(or_(col(Post.state) == "done", *_came_to_something()))
    return session.exec(total).one(), session.exec(helped).one()


def courses(
    session: Session, *, community_id: str, since: datetime, limit: int
) -> list[tuple[datetime, datetime | None, datetime | None]]:
    """Of the latest posts since then: when made, when first shown a match, when done."""
    first = (
        select(func.min(Match.created_at))
        .where(
            Match.community_id == Post.community_id,
            Match.post_id == Post.id,
            col(Match.shown),
        )
        .scalar_subquery()
    )
    done = case((col(Post.state) == "done", col(Post.closed_at)))
    statement = (
        select(Post.created_at, first, done)
        .where(
            Post.community_id == community_id,
            Post.created_at >= since,
            col(Post.state).not_in(_GONE),
        )
        .order_by(col(Post.created_at).desc())
        .limit(limit)
    )
    return [(made, matched, closed) for made, matched, closed in session.exec(statement)]


def _span(column: Any, cuts: Sequence[datetime]) -> ColumnElement[int]:
    """The number of the span that a time lies in."""
    return case(*((column < cut, place) for place, cut in enumerate(cuts)), else_=len(cuts))


def _came_to_something() -> list[ColumnElement[bool]]:
    same = col(Match.community_id) == Post.community_id
    useful = and_(
        col(Label.community_id) == Post.community_id,
        col(Label.post_id) == Post.id,
        col(Label.good),
    )
    return [
        exists().where(same, col(Match.post_id) == Post.id, col(Match.shown)),
        exists().where(same, col(Match.target_post_id) == Post.id, col(Match.shown)),
        exists().where(useful),
    ]
