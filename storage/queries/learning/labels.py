"""What members said of matches, or showed by what they did."""

from collections.abc import Collection

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from storage.tables import Label, Match


def add(session: Session, *, label: Label, replaced: Collection[str]) -> None:
    """Keep the label; those of these sources by the same person on the same match are dropped."""
    session.execute(
        delete(Label).where(
            col(Label.community_id) == label.community_id,
            col(Label.post_id) == label.post_id,
            col(Label.target_post_id).is_not_distinct_from(label.target_post_id),
            col(Label.target_member_id).is_not_distinct_from(label.target_member_id),
            col(Label.by_id) == label.by_id,
            col(Label.source).in_(replaced),
        )
    )
    session.add(label)


def is_spoken_of(session: Session, *, match: Match, by: int) -> bool:
    """The member has said what he holds of the match."""
    statement = select(Label.id).where(
        Label.community_id == match.community_id,
        Label.post_id == match.post_id,
        col(Label.target_post_id).is_not_distinct_from(match.target_post_id),
        col(Label.target_member_id).is_not_distinct_from(match.target_member_id),
        Label.by_id == by,
        Label.source == "said",
    )
    return session.exec(statement).first() is not None


def all_of(session: Session, *, community_id: str) -> list[Label]:
    """All labels, the oldest first."""
    statement = select(Label).where(Label.community_id == community_id).order_by(col(Label.id))
    return list(session.exec(statement))


def count_after(session: Session, *, community_id: str, after: int) -> int:
    """How many labels are later than that one."""
    statement = select(func.count()).where(Label.community_id == community_id, Label.id > after)
    return session.exec(statement).one()


def forget(session: Session, *, community_id: str, post_id: int, source: str | None = None) -> None:
    """Drop the labels on the matches of a post, or those of one source."""
    here = (col(Label.community_id) == community_id, col(Label.post_id) == post_id)
    of_source = () if source is None else (col(Label.source) == source,)
    session.execute(delete(Label).where(*here, *of_source))
    there = (col(Label.community_id) == community_id, col(Label.target_post_id) == post_id)
    session.execute(delete(Label).where(*there, *of_source))
