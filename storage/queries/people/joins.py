"""How rows are joined to the members that they speak of."""

from sqlalchemy import ColumnElement
from sqlmodel import col

from storage.tables import Account, Mark, Member, Membership, Preference


def on_member(table: type[Account | Mark | Membership | Preference]) -> ColumnElement[bool]:
    """The row is the member's."""
    return (col(table.community_id) == Member.community_id) & (col(table.member_id) == Member.id)
