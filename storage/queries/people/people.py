"""Members, their accounts, and where they sit."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, String, and_, bindparam, case, exists, or_, update
from sqlalchemy import select as rows
from sqlalchemy.sql.dml import ReturningUpdate
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct
from storage.queries.people.joins import on_member
from storage.tables import Account, Member, Seat, Table

_ACCOUNT = Table.metadata.tables["account"]


def by_account(session: Session, *, community_id: str, account: str) -> Member | None:
    """The member who holds the account."""
    values = {"community_id": community_id, "address": account}
    return session.exec(_by_account(), params=values).first()


@cache
def _by_account() -> SelectOfScalar[Member]:
    return (
        select(Member)
        .join(Account, on_member(Account))
        .where(
            Account.community_id == bindparam("community_id"),
            Account.address == bindparam("address"),
        )
    )


def touch(
    session: Session, *, community_id: str, account: str, name: str, now: datetime
) -> int | None:
    """The account has just been used, under that name if it has one; gives its member's number."""
    values = {"here": community_id, "account": account, "now": now, "called": name}
    member_id: int | None = direct.run(session, _touch(), values).scalar_one_or_none()
    return member_id


@cache
def _touch() -> ReturningUpdate[int]:
    row, called = _ACCOUNT.c, bindparam("called", type_=String)
    return (
        update(_ACCOUNT)
        .where(row.community_id == bindparam("here"), row.address == bindparam("account"))
        .values(seen_at=bindparam("now"), name=case((called == "", row.name), else_=called))
        .returning(row.member_id)
    )


class LastSeen(NamedTuple):
    """When an account that is known spoke last; None: never."""

    at: datetime | None


def last_seen(session: Session, *, community_id: str, account: str) -> LastSeen | None:
    """When the account spoke last; None: it is not known."""
    values = {"community_id": community_id, "address": account}
    found = direct.run(session, _last_seen(), values).first()
    return None if found is None else LastSeen(*found)


@cache
def _last_seen() -> Select[Any]:
    row = _ACCOUNT.c
    return rows(row.seen_at).where(
        row.community_id == bindparam("community_id"), row.address == bindparam("address")
    )


def see_again(
    session: Session, *, community_id: str, account: str, seen_at: datetime | None
) -> None:
    """As if the account had not spoken since then."""
    his = (col(Account.community_id) == community_id, col(Account.address) == account)
    session.execute(update(Account).where(*his).values(seen_at=seen_at))


def accounts(session: Session, *, community_id: str, member_id: int) -> list[Account]:
    """The member's accounts, the one last used first."""
    values = {"community_id": community_id, "member_id": member_id}
    return list(session.exec(_accounts(), params=values))


@cache
def _accounts() -> SelectOfScalar[Account]:
    return (
        select(Account)
        .where(
            Account.community_id == bindparam("community_id"),
            Account.member_id == bindparam("member_id"),
        )
        .order_by(col(Account.seen_at).desc().nulls_last(), col(Account.address))
    )


def addresses(
    session: Session, *, community_id: str, member_ids: Collection[int]
) -> Sequence[tuple[int, str]]:
    """Whose account it is, and the account: all that the members have, the one last used first."""
    if not member_ids:
        return ()
    values = {"community_id": community_id, "ids": list(member_ids)}
    return [
        (member_id, address) for member_id, address in direct.run(session, _addresses(), values)
    ]


@cache
def _addresses() -> Select[Any]:
    row = _ACCOUNT.c
    his = (
        row.community_id == bindparam("community_id"),
        row.member_id.in_(bindparam("ids", expanding=True)),
    )
    return (
        rows(row.member_id, row.address)
        .where(*his)
        .order_by(row.seen_at.desc().nulls_last(), row.address)
    )


def with_account(session: Session, *, community_id: str, member_ids: Collection[int]) -> set[int]:
    """Those of the members who hold an account."""
    statement = select(Account.member_id).where(
        Account.community_id == community_id, col(Account.member_id).in_(member_ids)
    )
    return set(session.exec(statement)) if member_ids else set()


def all_accounts(session: Session, *, community_id: str) -> list[Account]:
    """The accounts of all members."""
    return list(session.exec(select(Account).where(Account.community_id == community_id)))


def seats(session: Session, *, community_id: str, group: str) -> list[Seat]:
    """Who sits in the group now."""
    statement = select(Seat).where(
        Seat.community_id == community_id,
        Seat.group_address == group,
        col(Seat.left_at).is_(None),
    )
    return list(session.exec(statement))


def reachable(
    session: Session, *, community_id: str, member_ids: Collection[int], group: str
) -> Sequence[tuple[int, str]]:
    """Accounts of the members, the one last used first: those that sit in the group now.

    All of them where nobody is known to sit there.
    """
    if not member_ids:
        return ()
    values = {"community_id": community_id, "ids": list(member_ids), "group": group}
    found = direct.run(session, _reachable(), values)
    return [(member_id, address) for member_id, address in found]


@cache
def _reachable() -> Select[Any]:
    account, seat = _ACCOUNT.c, Table.metadata.tables["seat"].c
    there = (
        seat.community_id == bindparam("community_id"),
        seat.group_address == bindparam("group"),
        seat.left_at.is_(None),
    )
    return (
        rows(account.member_id, account.address)
        .where(
            account.community_id == bindparam("community_id"),
            account.member_id.in_(bindparam("ids", expanding=True)),
            or_(
                exists().where(*there, seat.account == account.address),
                ~exists().where(*there).correlate(None),
            ),
        )
        .order_by(account.seen_at.desc().nulls_last(), account.address)
    )


def seat_cards(
    session: Session, *, community_id: str, group: str
) -> list[tuple[int | None, str, str]]:
    """Who sits in the group: his number if he is known, the name and the card that he wears."""
    his = and_(col(Account.community_id) == Seat.community_id, col(Account.address) == Seat.account)
    statement = (
        select(Account.member_id, Seat.name, Seat.card)
        .select_from(Seat)
        .join(Account, his, isouter=True)
        .where(
            Seat.community_id == community_id,
            Seat.group_address == group,
            col(Seat.left_at).is_(None),
        )
    )
    return [(id_, name, card) for id_, name, card in session.exec(statement)]


def seat(session: Session, *, community_id: str, group: str, account: str) -> Seat | None:
    """The account's place in the group, also after it left."""
    return session.get(Seat, (community_id, group, account))
