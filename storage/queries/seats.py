"""Places in groups, and the members who hold them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables import Account, Group, Member, Seat

_AT_ONCE = 500  # databases take only so many values in one statement


def of_group(session: Session, *, community_id: str, group: str) -> dict[str, Seat]:
    """Every place in the group by account, also of those who left."""
    statement = select(Seat).where(Seat.community_id == community_id, Seat.group_address == group)
    return {seat.account: seat for seat in session.exec(statement)}


def holders(session: Session, *, community_id: str, accounts: Collection[str]) -> dict[str, Member]:
    """The members who hold these accounts, by account."""
    wanted, found = sorted(accounts), {}
    for start in range(0, len(wanted), _AT_ONCE):
        statement = (
            select(Account.address, Member)
            .join(
                Member,
                (col(Member.community_id) == Account.community_id)
                & (col(Member.id) == Account.member_id),
            )
            .where(
                Account.community_id == community_id,
                col(Account.address).in_(wanted[start : start + _AT_ONCE]),
            )
        )
        found.update(dict(session.exec(statement).all()))
    return found


def sits_somewhere(session: Session, *, community_id: str, member_id: int) -> bool:
    """One of the member's accounts has a place in a group now."""
    statement = (
        select(Seat.account)
        .join(
            Account,
            (col(Account.community_id) == Seat.community_id)
            & (col(Account.address) == Seat.account),
        )
        .where(
            Account.community_id == community_id,
            Account.member_id == member_id,
            col(Seat.left_at).is_(None),
        )
        .limit(1)
    )
    return session.exec(statement).first() is not None


def all_known(session: Session, *, community_id: str) -> bool:
    """The full member list of every group has been seen."""
    statement = select(Group.address).where(
        Group.community_id == community_id, col(Group.synced_at).is_(None)
    )
    return session.exec(statement.limit(1)).first() is None
