"""Where members stand."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.queries.people.joins import on_member
from storage.tables import Account, Member, Membership, Table

NOBODY = "nobody"
_PERSON = ("member", "account", "membership")


def get(session: Session, *, community_id: str, member_id: int) -> Membership | None:
    """The row of a member; None: a plain member."""
    return session.get(Membership, (community_id, member_id))


def state(session: Session, *, community_id: str, member_id: int) -> str:
    """Where the member stands; a plain member is active."""
    values = {"community_id": community_id, "member_id": member_id}
    return direct.run(session, _state(), values).scalar_one_or_none() or "active"


@cache
def _state() -> Select[Any]:
    row = Table.metadata.tables["membership"].c
    mine = (row.community_id == bindparam("community_id"), row.member_id == bindparam("member_id"))
    return rows(row.state).where(*mine)


def held(
    session: Session, *, community_id: str, member_id: int
) -> tuple[set[str], str | None, str | None]:
    """The member's accounts; role and state of his row, if he has one."""
    values = {"community_id": community_id, "member_id": member_id}
    found = direct.run(session, _held(), values)
    role, state = found[0][1:] if found else (None, None)
    return {account for account, _, _ in found if account}, role, state


@cache
def _held() -> Select[Any]:
    member, account, row = (Table.metadata.tables[name] for name in _PERSON)
    his = (account.c.community_id == member.c.community_id, account.c.member_id == member.c.id)
    own = (row.c.community_id == member.c.community_id, row.c.member_id == member.c.id)
    return (
        rows(account.c.address, row.c.role, row.c.state)
        .select_from(member.outerjoin(account, and_(*his)).outerjoin(row, and_(*own)))
        .where(
            member.c.community_id == bindparam("community_id"),
            member.c.id == bindparam("member_id"),
        )
    )


def ensure(session: Session, *, community_id: str, member_id: int) -> Membership:
    """The row of a member, made now if there was none."""
    row = get(session, community_id=community_id, member_id=member_id)
    if row is None:
        row = Membership(community_id=community_id, member_id=member_id)
        session.add(row)
        session.flush()
    return row


def of_state(session: Session, *, community_id: str, state: str) -> list[Member]:
    """The members whose membership is in that state."""
    return _members(session, community_id, Membership.state == state)


def with_roles(
    session: Session, *, community_id: str, roles: Collection[str]
) -> list[tuple[Member, str]]:
    """The members who hold one of the roles, in the order in which they came."""
    statement = (
        select(Member, Membership.role)
        .join(Membership, on_member(Membership))
        .where(Member.community_id == community_id, col(Membership.role).in_(roles))
        .order_by(col(Member.id))
    )
    return [(member, role) for member, role in session.exec(statement)]


def _members(session: Session, community_id: str, *conditions: bool) -> list[Member]:
    statement = (
        select(Member)
        .join(Membership, on_member(Membership))
        .where(Member.community_id == community_id, *conditions)
        .order_by(col(Member.id))
    )
    return list(session.exec(statement))


def without_covenant(
    session: Session,
    *,
    community_id: str,
    version: str,
    untold: bool = False,
    limit: int | None = None,
) -> list[Member]:
    """Members who have not accepted the version, in the order in which they came.

    With ``untold`` only those who have not been reminded of it and have spoken with the bot.
    """
    statement = (
        select(Member)
        .join(Membership, on_member(Membership), isouter=True)
        .where(
            Member.community_id == community_id,
            col(Member.active),
            func.coalesce(Membership.state, "active") == "active",
            func.coalesce(Membership.covenant, "") != version,
        )
        .order_by(col(Member.id))
    )
    if untold:
        spoke = select(Account.member_id).where(
            Account.community_id == community_id, col(Account.seen_at).is_not(None)
        )
        statement = statement.where(
            func.coalesce(Membership.covenant_told, "") != version, col(Member.id).in_(spoke)
        )
    return list(session.exec(statement if limit is None else statement.limit(limit)))


def on_probation(session: Session, *, community_id: str) -> list[tuple[Membership, Member]]:
    """Who has begun and not been to an event yet, in the order in which they began."""
    return _with_members(
        session,
        Membership.community_id == community_id,
        Membership.state == "active",
        col(Membership.probation_from).is_not(None),
        col(Membership.attended_at).is_(None),
        by=col(Membership.probation_from),
    )


def paying(session: Session, *, community_id: str) -> list[tuple[Membership, Member]]:
    """Members for whom a date was written down, the earliest first."""
    return _with_members(
        session,
        Membership.community_id == community_id,
        Membership.state == "active",
        col(Membership.paid_until).is_not(None),
        by=col(Membership.paid_until),
    )


def dues_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[tuple[Membership, Member]]:
    """Whose reminder about dues is due."""
    due = (Membership.community_id == community_id, col(Membership.dues_at) <= now)
    return _with_members(session, *due, by=col(Membership.dues_at))[:limit]


def probation_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[tuple[Membership, Member]]:
    """Whose reminder about the first event is due."""
    due = (Membership.community_id == community_id, col(Membership.probation_at) <= now)
    return _with_members(session, *due, by=col(Membership.probation_at))[:limit]


def _with_members(session: Session, *conditions: Any, by: Any) -> list[tuple[Membership, Member]]:
    statement = (
        select(Membership, Member)
        .join(Member, on_member(Membership))
        .where(*conditions)
        .order_by(by, col(Membership.member_id))
    )
    return [(row, member) for row, member in session.exec(statement)]
