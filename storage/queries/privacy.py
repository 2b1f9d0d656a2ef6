"""What members let others see of themselves."""

from collections.abc import Collection

from sqlalchemy import select as rows
from sqlmodel import Session, col

from storage.tables import Preference


def get(session: Session, *, community_id: str, member_id: int) -> Preference | None:
    """What the member chose; None: the defaults hold."""
    return session.get(Preference, (community_id, member_id))


def ensure(session: Session, *, community_id: str, member_id: int, unsubscribe: str) -> Preference:
    """The member's row, made now if there was none, with the token that ends his letters."""
    row = get(session, community_id=community_id, member_id=member_id)
    if row is None:
        row = Preference(community_id=community_id, member_id=member_id, unsubscribe=unsubscribe)
        session.add(row)
        session.flush()
    return row


def of(session: Session, *, community_id: str, ids: Collection[int]) -> dict[int, Preference]:
    """What those of the members chose who chose something."""
    if not ids:
        return {}
    statement = rows(Preference).where(
        col(Preference.community_id) == community_id, col(Preference.member_id).in_(ids)
    )
    return {row.member_id: row for row in session.execute(statement).scalars()}
