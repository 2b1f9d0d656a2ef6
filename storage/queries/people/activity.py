"""What members did, as far as it counts."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables import Credit, Post


def outcomes(
    session: Session, *, community_id: str, since: datetime, member_id: int | None = None
) -> list[tuple[int, datetime]]:
    """Who had a part in a confirmed outcome and when: the helper, and the author who said so."""
    statement = (
        select(Credit.helper_id, Post.author_id, Credit.created_at)
        .join(
            Post,
            (col(Post.community_id) == Credit.community_id) & (col(Post.id) == Credit.post_id),
        )
        .where(
            Credit.community_id == community_id, Credit.created_at >= since, Post.state == "done"
        )
    )
    if member_id is not None:
        statement = statement.where(
            (col(Credit.helper_id) == member_id) | (col(Post.author_id) == member_id)
        )
    return [(who, at) for helper, author, at in session.exec(statement) for who in (helper, author)]


def posted(
    session: Session, *, community_id: str, since: datetime, member_id: int | None = None
) -> set[int]:
    """Who posted something that was not taken back."""
    statement = (
        select(Post.author_id)
        .where(
            Post.community_id == community_id,
            Post.created_at >= since,
            col(Post.state).not_in(("withdrawn", "undone")),
        )
        .distinct()
    )
    if member_id is not None:
        statement = statement.where(Post.author_id == member_id)
    return set(session.exec(statement))
