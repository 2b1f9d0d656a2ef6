"""Where members stand."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables import Member, Membership

NOBODY = "nobody"


def get(session: Session, *, community_id: str, member_id: int) -> Membership | None:
    """The row of a member; None: a plain member."""
    return session.get(Membership, (community_id, member_id))


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
        .join(
            Membership,
            (col(Membership.community_id) == Member.community_id)
            & (col(Membership.member_id) == Member.id),
        )
        .where(Member.community_id == community_id, col(Membership.role).in_(roles))
        .order_by(col(Member.id))
    )
    return [(member, role) for member, role in session.exec(statement)]


def _members(session: Session, community_id: str, *conditions: bool) -> list[Member]:
    statement = (
        select(Member)
        .join(
            Membership,
            (col(Membership.community_id) == Member.community_id)
            & (col(Membership.member_id) == Member.id),
        )
        .where(Member.community_id == community_id, *conditions)
        .order_by(col(Member.id))
    )
    return list(session.exec(statement))
