"""Matches, seen from either side."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import and_, delete, func, or_, union_all
from sqlalchemy.sql.dml import ReturningDelete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import counters, direct
from storage.queries.retention import delete_of_ended
from storage.tables import Match, Post, Tip


class NewMatch(NamedTuple):
    """A match that has still to be kept."""

    post_id: int
    score: float
    coverage: float
    reasons: Sequence[str]
    parts: Sequence[Mapping[str, Any]]
    features: Mapping[str, Any]
    target_post_id: int | None = None
    target_member_id: int | None = None
    shown: bool = False


def add(
    session: Session,
    *,
    community_id: str,
    new: Sequence[NewMatch],
    rules: str,
    at: datetime,
) -> None:
    """Number the matches and keep them; ``rules`` is the version by which they were scored."""
    if not new:
        return
    first = counters.take(session, community_id=community_id, name="match", count=len(new))
    shared = {"community_id": community_id, "rules": rules, "created_at": at}
    rows = [{**shared, "id": number, **one._asdict()} for number, one in enumerate(new, first)]
    direct.add(session, "match", rows)


def of_post(session: Session, *, community_id: str, post_id: int) -> list[Match]:
    """What the post was matched with, whichever of the two came first; the best first."""
    statement = (
        select(Match)
        .where(
            Match.community_id == community_id,
            or_(col(Match.post_id) == post_id, col(Match.target_post_id) == post_id),
        )
        .order_by(col(Match.score).desc(), col(Match.id).desc())
    )
    return list(session.exec(statement))


def forget(session: Session, *, community_id: str, post_id: int) -> None:
    """Drop all matches of the post, before it is matched anew."""
    statement = delete(Match).where(
        col(Match.community_id) == community_id,
        or_(col(Match.post_id) == post_id, col(Match.target_post_id) == post_id),
    )
    session.execute(statement)


def with_member(
    session: Session, *, community_id: str, post_id: int, member_id: int
) -> Match | None:
    """The match of the post with the member, if there is one."""
    statement = select(Match).where(
        Match.community_id == community_id,
        Match.post_id == post_id,
        Match.target_member_id == member_id,
    )
    return session.exec(statement).first()


def of_tip(session: Session, *, tip: Tip) -> Match | None:
    """The match that the author of the post is told of; of two posts, whichever came first."""
    if tip.target_post_id is None:
        fits = and_(
            col(Match.post_id) == tip.post_id, col(Match.target_member_id) == tip.target_member_id
        )
    else:
        pair = (tip.post_id, tip.target_post_id)
        fits = and_(col(Match.post_id).in_(pair), col(Match.target_post_id).in_(pair))
    statement = select(Match).where(Match.community_id == tip.community_id, fits)
    return session.exec(statement).first()


def listed_with(session: Session, *, community_id: str, post_id: int) -> set[int]:
    """The posts that were shown together with the post, whichever came first."""
    return {
        match.target_post_id if match.post_id == post_id else match.post_id
        for match in of_post(session, community_id=community_id, post_id=post_id)
        if match.shown and match.target_post_id is not None
    }


def concerning(session: Session, *, community_id: str, member_id: int, limit: int) -> list[Match]:
    """What was shown and has to do with the member, on either side; the latest first."""
    statement = (
        _about(community_id, member_id)
        .where(col(Match.shown))
        .order_by(col(Match.created_at).desc(), col(Match.id).desc())
        .limit(limit)
    )
    return list(session.exec(statement))


def new_for(session: Session, *, community_id: str, member_id: int, after: int) -> list[Match]:
    """Matches later than ``after`` that have to do with the member, on any side, the best first."""
    statement = (
        _about(community_id, member_id)
        .where(Match.id > after)
        .order_by(col(Match.score).desc(), col(Match.id).desc())
    )
    return list(session.exec(statement))


def _about(community_id: str, member_id: int) -> SelectOfScalar[Match]:
    """Matches of the member's posts, with his posts, and with himself.

    Each side has its index; asked for all three at once, databases would walk through every match
    of the community.
    """
    own = select(Post.id).where(Post.community_id == community_id, Post.author_id == member_id)
    sides = (
        col(Match.post_id).in_(own),
        col(Match.target_post_id).in_(own),
        col(Match.target_member_id) == member_id,
    )
    each = (select(Match.id).where(Match.community_id == community_id, side) for side in sides)
    return select(Match).where(
        Match.community_id == community_id, col(Match.id).in_(union_all(*each))
    )


def counts(session: Session, *, community_id: str) -> tuple[int, int]:
    """How many matches are stored, and how many of them were shown."""
    statement = select(func.count(), func.count().filter(col(Match.shown))).where(
        Match.community_id == community_id
    )
    stored, shown = session.execute(statement).one()
    return stored, shown


def prune(session: Session, *, community_id: str, before: datetime, limit: int) -> int:
    """Forget at most so many matches of posts that had ended before then; gives how many it were.

    What was said of a match is kept with all that it was made of.
    """
    values = {"here": community_id, "before": before, "most": limit}
    return len(direct.run(session, _prune(), values))


@cache
def _prune() -> ReturningDelete[int]:
    return delete_of_ended(Match, Match.created_at)
