"""Places in groups, and the members who hold them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.queries.chunks import chunked
from storage.queries.people.joins import on_member
from storage.tables import Account, Member, Seat


def of_group(session: Session, *, community_id: str, group: str) -> dict[str, Seat]:
    """Every place in the group by account, also of those who left."""
    statement = select(Seat).where(Seat.community_id == community_id, Seat.group_address == group)
    return {seat.account: seat for seat in session.exec(statement)}


def holders(session: Session, *, community_id: str, accounts: Collection[str]) -> dict[str, Member]:
    """The members who hold these accounts, by account."""
    found: dict[str, Member] = {}
    for portion in chunked(sorted(accounts)):
        statement = (
            select(Account.address, Member)
            .join(Member, on_member(Account))
            .where(
                Account.community_id == community_id,
                col(Account.address).in_(portion),
            )
        )
        found.update(dict(session.exec(statement).all()))
    return found
