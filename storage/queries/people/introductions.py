"""Who wants to know whom, who introduces whom, and what is due about it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from storage.queries import due_rows
from storage.tables import Account, Introduction, Table

_TABLE = Table.metadata.tables["introduction"]


def concerning(
    session: Session, *, community_id: str, ids: Collection[int], since: datetime
) -> list[Introduction]:
    """What was asked since then by any of the members, of them, or for them, the latest first."""
    statement = (
        select(Introduction)
        .where(
            Introduction.community_id == community_id,
            or_(
                col(Introduction.asker_id).in_(ids),
                col(Introduction.asked_id).in_(ids),
                col(Introduction.introducer_id).in_(ids),
            ),
            col(Introduction.created_at) >= since,
        )
        .order_by(col(Introduction.id).desc())
    )
    return list(session.exec(statement))


def open_of(session: Session, *, community_id: str, ids: Collection[int]) -> list[Introduction]:
    """Those between two of the members that nobody has settled, whoever wants them."""
    statement = select(Introduction).where(
        Introduction.community_id == community_id,
        col(Introduction.asker_id).in_(ids),
        col(Introduction.asked_id).in_(ids),
        Introduction.state != "agreed",
        col(Introduction.due_at).is_not(None),
    )
    return list(session.exec(statement))


def count_agreed(session: Session, *, community_id: str, introducers: Collection[int]) -> int:
    """How many pairs were put in touch by the members."""
    statement = (
        select(func.count())
        .select_from(Introduction)
        .where(
            Introduction.community_id == community_id,
            Introduction.state == "agreed",
            col(Introduction.introducer_id).in_(introducers),
        )
    )
    return session.exec(statement).one()


def is_running(session: Session, *, community_id: str, post_id: int) -> bool:
    """Somebody has still to say something of an introduction that the post brought about."""
    statement = select(Introduction.id).where(
        Introduction.community_id == community_id,
        Introduction.post_id == post_id,
        col(Introduction.due_at).is_not(None),
    )
    return session.exec(statement.limit(1)).first() is not None


def communities_with(session: Session, *, account: str, number: int) -> list[str]:
    """Ids of the communities in which the introduction of that number has to do with the account's
    holder.
    """
    return _communities(session, account, _holder_is_party(), col(Introduction.id) == number)


def communities_awaiting(session: Session, *, account: str, outcome: bool) -> list[str]:
    """Ids of those in which the account's holder has still to answer: whether he is willing, or
    what came of it.
    """
    if outcome:
        asked = (col(Introduction.state) == "agreed", col(Introduction.chases) > 0)
        return _communities(session, account, _holder_is_party(), *asked)
    holder = col(Account.member_id)
    unsaid = or_(
        and_(col(Introduction.asked_id) == holder, col(Introduction.asked_said) == ""),
        and_(col(Introduction.asker_id) == holder, col(Introduction.asker_said) == ""),
    )
    return _communities(
        session, account, unsaid, col(Introduction.state).in_(("asked", "declined"))
    )


def _communities(session: Session, account: str, *conditions: ColumnElement[bool]) -> list[str]:
    statement = (
        select(Introduction.community_id)
        .join(Account, col(Account.community_id) == Introduction.community_id)
        .where(Account.address == account, *conditions)
        .distinct()
        .order_by(Introduction.community_id)
    )
    return list(session.exec(statement))


def _holder_is_party() -> ColumnElement[bool]:
    parties = (Introduction.asker_id, Introduction.asked_id, Introduction.introducer_id)
    return col(Account.member_id).in_(parties)


def due_in(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[Introduction]:
    """Introductions of one community whose time has come, the longest due first."""
    due = (Introduction.community_id == community_id, col(Introduction.due_at) <= now)
    by = (col(Introduction.due_at), col(Introduction.id))
    return due_rows.claim(session, Introduction, *due, by=by, limit=limit)
