"""Posts that are over, and came to nothing."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, exists, or_
from sqlmodel import Session, col, select

from storage.tables import Credit, Label, Post

_TO_NOTHING = ("expired", "withdrawn", "undone")


def to_nothing(
    session: Session, *, community_id: str, before: datetime, limit: int
) -> list[tuple[int, str]]:
    """Number and kind of some that ended before then.

    None that was done, or for which somebody was thanked; and none of which a match was judged,
    since what is learned comes of that.
    """
    same = col(Label.community_id) == Post.community_id
    judged = or_(
        exists().where(same, col(Label.post_id) == Post.id),
        exists().where(same, col(Label.target_post_id) == Post.id),
    )
    thanked = exists().where(
        col(Credit.community_id) == Post.community_id, col(Credit.post_id) == Post.id
    )
    statement = (
        select(Post.id, Post.kind)
        .where(
            Post.community_id == community_id,
            col(Post.state).in_(_TO_NOTHING),
            col(Post.closed_at) < before,
            ~thanked,
            ~judged,
        )
        .limit(limit)
    )
    return list(session.exec(statement))


def forget(session: Session, *, community_id: str, ids: Collection[int]) -> None:
    """Delete them; matches, calls and letters about them go along."""
    here = col(Post.community_id) == community_id
    session.execute(delete(Post).where(here, col(Post.id).in_(ids)))
