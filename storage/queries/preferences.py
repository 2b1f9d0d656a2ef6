"""What members want by mail, and when the next letter is due."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from storage.tables import Member, Post, Preference


def get(session: Session, *, community_id: str, member_id: int) -> Preference | None:
    """The row of a member; None: the defaults hold."""
    return session.get(Preference, (community_id, member_id))


def by_token(session: Session, *, community_id: str, token: str) -> Preference | None:
    """The row whose letters end with this token."""
    statement = select(Preference).where(
        Preference.community_id == community_id, Preference.unsubscribe == token
    )
    return session.exec(statement).first()


def due_in(session: Session, *, now: datetime, among: Collection[str]) -> list[str]:
    """Ids of the communities in which a letter is due, always in the same order."""
    statement = (
        select(Preference.community_id)
        .where(col(Preference.due_at) <= now, col(Preference.community_id).in_(among))
        .distinct()
        .order_by(col(Preference.community_id))
    )
    return list(session.exec(statement))


def claim_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[Preference]:
    """Whose letter is due, the longest first; held until the transaction ends."""
    statement = (
        select(Preference)
        .where(Preference.community_id == community_id, col(Preference.due_at) <= now)
        .order_by(col(Preference.due_at), col(Preference.member_id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(statement))


def hurry(
    session: Session,
    *,
    community_id: str,
    now: datetime,
    members: Collection[int] = (),
    authors_of: Collection[int] = (),
) -> None:
    """Those of the members, and of the authors of the posts, who want to hear at once are due."""
    authors = select(Post.author_id).where(
        Post.community_id == community_id, col(Post.id).in_(authors_of)
    )
    concerned = or_(col(Preference.member_id).in_(members), col(Preference.member_id).in_(authors))
    waits = or_(col(Preference.due_at).is_(None), col(Preference.due_at) > now)
    statement = (
        update(Preference)
        .where(
            col(Preference.community_id) == community_id,
            col(Preference.alerts) == "now",
            waits,
            concerned,
        )
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def of_members(
    session: Session, *, community_id: str, ids: Collection[int]
) -> dict[int, Preference]:
    """What those of the members chose who chose something."""
    if not ids:
        return {}
    statement = select(Preference).where(
        Preference.community_id == community_id, col(Preference.member_id).in_(ids)
    )
    return {row.member_id: row for row in session.exec(statement)}


def hidden_companies(session: Session, *, community_id: str) -> dict[int, str]:
    """The companies of those who do not show them, by member."""
    statement = (
        select(Member.id, Member.company)
        .join(
            Preference,
            (col(Preference.community_id) == Member.community_id)
            & (col(Preference.member_id) == Member.id),
        )
        .where(
            Preference.community_id == community_id,
            col(Preference.shows_company).is_(False),
            Member.company != "",
        )
    )
    return dict(session.exec(statement).all())
