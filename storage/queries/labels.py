"""What members said of matches, or showed by what they did."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.tables import Label


def add(session: Session, *, label: Label) -> None:
    """Keep the label; what the same person said before of the same match is forgotten."""
    session.execute(
        delete(Label).where(
            col(Label.community_id) == label.community_id,
            col(Label.post_id) == label.post_id,
            col(Label.target_post_id).is_not_distinct_from(label.target_post_id),
            col(Label.target_member_id).is_not_distinct_from(label.target_member_id),
            col(Label.by_id) == label.by_id,
            col(Label.source) == label.source,
        )
    )
    session.add(label)


def all_of(session: Session, *, community_id: str) -> list[Label]:
    """All labels, the oldest first."""
    statement = select(Label).where(Label.community_id == community_id).order_by(col(Label.id))
    return list(session.exec(statement))


def forget(session: Session, *, community_id: str, post_id: int, source: str | None = None) -> None:
    """Drop the labels on the matches of a post, or those of one source."""
    here = (col(Label.community_id) == community_id, col(Label.post_id) == post_id)
    of_source = () if source is None else (col(Label.source) == source,)
    session.execute(delete(Label).where(*here, *of_source))
    there = (col(Label.community_id) == community_id, col(Label.target_post_id) == post_id)
    session.execute(delete(Label).where(*there, *of_source))
