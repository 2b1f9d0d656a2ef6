"""Members whose new profile has still to be held against the open posts."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from storage.queries import due_rows
from storage.queries.chunks import chunked
from storage.tables import Fresh, Table

_TABLE = Table.metadata.tables["fresh"]


def mark(session: Session, *, community_id: str, since: Mapping[int, datetime]) -> None:
    """These members have another profile since then."""
    for part in chunked(list(since)):
        statement = select(Fresh).where(
            Fresh.community_id == community_id, col(Fresh.member_id).in_(part)
        )
        known = {row.member_id: row for row in session.exec(statement)}
        for member_id, row in known.items():
            row.since = since[member_id]
        session.add_all(
            Fresh(community_id=community_id, member_id=member_id, since=since[member_id])
            for member_id in part
            if member_id not in known
        )


def due_in(session: Session, *, before: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities that have such members, always in the same order."""
    return due_rows.communities(session, _TABLE.c.since, now=before, among=among)


def due(session: Session, *, community_id: str, before: datetime, limit: int) -> list[Fresh]:
    """Such members of one community. Call it with the community locked."""
    statement = (
        select(Fresh)
        .where(Fresh.community_id == community_id, Fresh.since <= before)
        .order_by(col(Fresh.member_id))
        .limit(limit)
    )
    return list(session.exec(statement))
