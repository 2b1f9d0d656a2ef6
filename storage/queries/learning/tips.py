"""Matches that came up after a post was made, and whether its author knows."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam, exists
from sqlalchemy.orm import aliased
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct
from storage.queries.retention import delete_of_ended
from storage.tables import Tip


def is_noted(
    session: Session,
    *,
    community_id: str,
    post_id: int,
    target_post_id: int | None = None,
    target_member_id: int | None = None,
) -> bool:
    """The author has heard of it or will."""
    statement = select(Tip.id).where(
        Tip.community_id == community_id,
        Tip.post_id == post_id,
        Tip.target_post_id == target_post_id,
        Tip.target_member_id == target_member_id,
    )
    return session.exec(statement).first() is not None


def noted_with(session: Session, *, community_id: str, target_post_id: int) -> set[int]:
    """The posts whose authors have heard of the other post or will."""
    statement = select(Tip.post_id).where(
        Tip.community_id == community_id, Tip.target_post_id == target_post_id
    )
    return set(session.exec(statement))


def members_of(session: Session, *, community_id: str, post_id: int) -> set[int]:
    """The members of whom the author of the post has heard or will."""
    statement = select(Tip.target_member_id).where(
        Tip.community_id == community_id, Tip.post_id == post_id
    )
    return {one for one in session.exec(statement) if one is not None}


def due_in(session: Session, *, since: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities with a member for whom something waits and who has had no letter
    since then, in the same order.

    Asked for these communities, SQLite would walk through all that was ever told.
    """
    found = direct.run(session, _due_in(), {"since": since}).scalars()
    return sorted(id_ for id_ in found if id_ in among)


@cache
def _due_in() -> SelectOfScalar[str]:
    return select(Tip.community_id).where(*_waiting(bindparam("since"))).distinct()


def waiting_for(session: Session, *, community_id: str, since: datetime, limit: int) -> list[int]:
    """Members for whom something waits and who have had no letter since then."""
    statement = (
        select(Tip.member_id)
        .where(Tip.community_id == community_id, *_waiting(since))
        .distinct()
        .order_by(col(Tip.member_id))
        .limit(limit)
    )
    return list(session.exec(statement))


def _waiting(since: datetime | ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """For each member that something waits for his letters alone are asked, not all there were."""
    told = aliased(Tip)
    letter = exists().where(
        col(told.community_id) == Tip.community_id,
        col(told.member_id) == Tip.member_id,
        col(told.told_at) > since,
    )
    return col(Tip.told_at).is_(None), ~letter


def untold(session: Session, *, community_id: str, member_id: int) -> list[Tip]:
    """What waits for the member, the best first."""
    statement = (
        select(Tip)
        .where(
            Tip.community_id == community_id,
            Tip.member_id == member_id,
            col(Tip.told_at).is_(None),
        )
        .order_by(col(Tip.score).desc(), col(Tip.id).desc())
    )
    return list(session.exec(statement))


def last_told(session: Session, *, community_id: str, member_id: int) -> Tip | None:
    """The best of what the member was told of last."""
    statement = (
        select(Tip)
        .where(
            Tip.community_id == community_id,
            Tip.member_id == member_id,
            col(Tip.told_at).is_not(None),
        )
        .order_by(col(Tip.told_at).desc(), col(Tip.score).desc(), col(Tip.id).desc())
    )
    return session.exec(statement).first()


def prune(session: Session, *, community_id: str, before: datetime, limit: int) -> int:
    """Forget at most so many of those that were told before then, about posts that had ended
    before then; gives how many it were.
    """
    values = {"here": community_id, "before": before, "most": limit}
    return len(direct.run(session, _prune(), values))


@cache
def _prune() -> ReturningDelete[int]:
    return delete_of_ended(Tip, Tip.told_at)
