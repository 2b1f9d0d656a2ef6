"""Thanks to those who got a post done."""

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from storage.tables import Credit


def of_post(session: Session, *, community_id: str, post_id: int) -> list[int]:
    """Ids of the members who were thanked."""
    statement = (
        select(Credit.helper_id)
        .where(Credit.community_id == community_id, Credit.post_id == post_id)
        .order_by(col(Credit.helper_id))
    )
    return list(session.exec(statement))


def forget(session: Session, *, community_id: str, post_id: int) -> None:
    """Take the thanks back."""
    statement = delete(Credit).where(
        col(Credit.community_id) == community_id, col(Credit.post_id) == post_id
    )
    session.execute(statement)


def count(session: Session, *, community_id: str, helper_id: int) -> int:
    """How often the member was thanked."""
    statement = select(func.count()).where(
        Credit.community_id == community_id, Credit.helper_id == helper_id
    )
    return session.exec(statement).one()
