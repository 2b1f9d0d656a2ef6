"""Members, their accounts, and where they sit."""

from datetime import datetime
from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from storage.tables import Account, Member, Seat


def by_account(session: Session, *, community_id: str, account: str) -> Member | None:
    """The member who holds the account."""
    found = session.exec(
        _by_account(), params={"community_id": community_id, "address": account}
    ).first()
    return None if found is None else found[1]


@cache
def _by_account() -> Select[Account, Member]:
    """Both rows, for whoever speaks is looked up with his account."""
    return (
        select(Account, Member)
        .join(
            Member,
            (col(Member.community_id) == Account.community_id)
            & (col(Member.id) == Account.member_id),
        )
        .where(
            Account.community_id == bindparam("community_id"),
            Account.address == bindparam("address"),
        )
    )


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


def all_accounts(session: Session, *, community_id: str) -> list[Account]:
    """The accounts of all members."""
    return list(session.exec(select(Account).where(Account.community_id == community_id)))


def seats(session: Session, *, community_id: str, group: str) -> list[Seat]:
    """Who sits in the group now."""
    return list(session.exec(_seats(community_id, group)))


def is_seated(session: Session, *, community_id: str, group: str) -> bool:
    """Whether anybody is known to sit in the group now."""
    return session.exec(_seats(community_id, group).limit(1)).first() is not None


def _seats(community_id: str, group: str) -> SelectOfScalar[Seat]:
    return select(Seat).where(
        Seat.community_id == community_id,
        Seat.group_address == group,
        col(Seat.left_at).is_(None),
    )


def seat(session: Session, *, community_id: str, group: str, account: str) -> Seat | None:
    """The account's place in the group, also after it left."""
    return session.get(Seat, (community_id, group, account))


def save_seat(session: Session, *, new: Seat, now: datetime) -> None:
    """Store or refresh a place in a group."""
    old = seat(session, community_id=new.community_id, group=new.group_address, account=new.account)
    if old is None:
        session.add(new)
        return
    old.name, old.card, old.role = new.name, new.card, new.role
    old.seen_at, old.left_at = now, None
