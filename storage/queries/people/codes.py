"""Short-lived words that prove an intention."""

from datetime import datetime

from sqlmodel import Session, select

from storage.tables import Code


def get(session: Session, *, community_id: str, member_id: int, purpose: str) -> Code | None:
    """The member's code for that purpose, also when its time is over."""
    return session.get(Code, (community_id, member_id, purpose))


def by_digest(
    session: Session, *, community_id: str, purpose: str, digest: str, now: datetime
) -> Code | None:
    """Whose valid code that is."""
    statement = select(Code).where(
        Code.community_id == community_id,
        Code.purpose == purpose,
        Code.digest == digest,
        Code.expires_at > now,
    )
    return session.exec(statement).first()
