"""What the page of the playground shows: the latest of a channel's traffic, and of the pool."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from storage.tables import Inbox, Member, Outbox, Post


def heard(session: Session, *, channel: str, limit: int) -> Sequence[Inbox]:
    """The latest updates of a connection, the newest first."""
    statement = select(Inbox).where(Inbox.channel == channel).order_by(col(Inbox.id).desc())
    return session.exec(statement.limit(limit)).all()


def said(session: Session, *, channel: str, limit: int) -> Sequence[Outbox]:
    """What was sent last on a channel, the newest first."""
    statement = (
        select(Outbox)
        .where(Outbox.channel == channel, Outbox.state == "sent")
        .order_by(col(Outbox.id).desc())
    )
    return session.exec(statement.limit(limit)).all()


def newest_posts(
    session: Session, *, community_id: str, limit: int
) -> Sequence[tuple[Post, Member]]:
    """The newest posts that are still open, each with its author."""
    statement = (
        select(Post, Member)
        .join(
            Member,
            (col(Member.community_id) == Post.community_id) & (col(Member.id) == Post.author_id),
        )
        .where(Post.community_id == community_id, Post.state == "active")
        .order_by(col(Post.id).desc())
    )
    return session.exec(statement.limit(limit)).all()
