"""Real mentions, and what they leave of a member's budget."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import Mention, Table


def unsolicited(
    session: Session, *, community_id: str, member_ids: Collection[int], since: datetime
) -> dict[int, list[datetime]]:
    """When each of the members was called without having asked, since then."""
    if not member_ids:
        return {}
    values = {"community_id": community_id, "ids": list(member_ids), "since": since}
    times: dict[int, list[datetime]] = {}
    for member_id, at in direct.run(session, _unsolicited(), values):
        times.setdefault(member_id, []).append(at)
    return times


@cache
def _unsolicited() -> Select[Any]:
    row = Table.metadata.tables["mention"].c
    return rows(row.member_id, row.created_at).where(
        row.community_id == bindparam("community_id"),
        row.member_id.in_(bindparam("ids", expanding=True)),
        row.created_at > bindparam("since"),
        row.solicited.is_(False),
    )


def of_post(session: Session, *, community_id: str, post_id: int) -> set[int]:
    """Who was called because of the post."""
    statement = select(Mention.member_id).where(
        Mention.community_id == community_id, Mention.post_id == post_id
    )
    return set(session.exec(statement))


def last_of(session: Session, *, community_id: str, member_id: int) -> Mention | None:
    """The last time that the member was called because of a post."""
    statement = (
        select(Mention)
        .where(
            Mention.community_id == community_id,
            Mention.member_id == member_id,
            col(Mention.post_id).is_not(None),
        )
        .order_by(col(Mention.created_at).desc(), col(Mention.id).desc())
    )
    return session.exec(statement).first()
