"""Applications of newcomers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import due_rows
from storage.tables import Application, Table

_TABLE = Table.metadata.tables["application"]


def by_applicant(
    session: Session, *, community_id: str, account: str, member_id: int | None = None
) -> list[Application]:
    """All that one person has sent, the newest first."""
    values = {"community_id": community_id, "account": account, "member_id": member_id}
    return list(session.exec(_by_applicant(member_id is not None), params=values))


@cache
def _by_applicant(is_member: bool) -> SelectOfScalar[Application]:
    who = [Application.account == bindparam("account")]
    if is_member:
        who.append(Application.member_id == bindparam("member_id"))
    return (
        select(Application)
        .where(Application.community_id == bindparam("community_id"), or_(*who))
        .order_by(col(Application.id).desc())
    )


def in_states(session: Session, *, community_id: str, states: Collection[str]) -> list[Application]:
    """Those in one of the states, the oldest first."""
    statement = (
        select(Application)
        .where(Application.community_id == community_id, col(Application.state).in_(states))
        .order_by(col(Application.id))
    )
    return list(session.exec(statement))


def count_in(session: Session, *, community_id: str, states: Collection[str]) -> int:
    """How many are in one of the states."""
    statement = (
        select(func.count())
        .select_from(Application)
        .where(Application.community_id == community_id, col(Application.state).in_(states))
    )
    return session.exec(statement).one()


def page_in(
    session: Session, *, community_id: str, states: Collection[str], after: int, limit: int
) -> list[Application]:
    """The next of those in one of the states that come behind a number, the oldest first."""
    statement = (
        select(Application)
        .where(
            Application.community_id == community_id,
            col(Application.state).in_(states),
            col(Application.id) > after,
        )
        .order_by(col(Application.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def approved_answers(session: Session, *, community_id: str) -> list[tuple[int, Mapping[str, str]]]:
    """Who became a member by an application, and the answers in it, the oldest first."""
    statement = (
        select(Application.member_id, Application.answers)
        .where(
            Application.community_id == community_id,
            Application.state == "approved",
            col(Application.member_id).is_not(None),
        )
        .order_by(col(Application.id))
    )
    return [(id_, answers) for id_, answers in session.exec(statement) if id_ is not None]


def by_flag(session: Session, *, community_id: str, flag: str, account: str) -> Application | None:
    """The application that came with this request of a platform."""
    statement = select(Application).where(
        Application.community_id == community_id,
        Application.account == account,
        Application.flag == flag,
    )
    return session.exec(statement.order_by(col(Application.id).desc())).first()


def communities_of(
    session: Session, *, account: str, states: Collection[str] | None = None
) -> list[str]:
    """Ids of the communities that the account has applied to, the latest first."""
    statement = (
        select(Application.community_id)
        .where(Application.account == account)
        .order_by(col(Application.updated_at).desc(), col(Application.community_id))
    )
    if states is not None:
        statement = statement.where(col(Application.state).in_(states))
    return list(dict.fromkeys(session.exec(statement)))


def where_waiting(
    session: Session, *, among: Collection[str], number: int, states: Collection[str]
) -> list[str]:
    """Ids of the communities whose application of that number is in one of the states."""
    statement = select(Application.community_id).where(
        col(Application.community_id).in_(among),
        Application.id == number,
        col(Application.state).in_(states),
    )
    return list(session.exec(statement))


def due_in(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which something is due, always in the same order."""
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[Application]:
    """Applications of one community whose time has come, the longest due first."""
    due = (Application.community_id == community_id, col(Application.due_at) <= now)
    by = (col(Application.due_at), col(Application.id))
    return due_rows.claim(session, Application, *due, by=by, limit=limit)
