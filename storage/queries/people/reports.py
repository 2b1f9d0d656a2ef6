"""Reports of broken covenants."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables import Member, Report


def waiting(session: Session, *, community_id: str) -> list[Report]:
    """What nobody has decided, the oldest first."""
    statement = (
        select(Report)
        .where(Report.community_id == community_id, Report.state == "open")
        .order_by(col(Report.id))
    )
    return list(session.exec(statement))


def open_about(session: Session, *, member: Member) -> list[Report]:
    """What nobody has decided about a member."""
    statement = (
        select(Report)
        .where(
            Report.community_id == member.community_id,
            Report.about_id == member.id,
            Report.state == "open",
        )
        .order_by(col(Report.id))
    )
    return list(session.exec(statement))


def about(session: Session, *, member: Member, limit: int) -> list[Report]:
    """Everything that was reported about a member, the latest first."""
    statement = (
        select(Report)
        .where(Report.community_id == member.community_id, Report.about_id == member.id)
        .order_by(col(Report.id).desc())
        .limit(limit)
    )
    return list(session.exec(statement))


def count_since(session: Session, *, member: Member, since: datetime) -> int:
    """How many reports the member made since then."""
    statement = (
        select(func.count())
        .select_from(Report)
        .where(
            Report.community_id == member.community_id,
            Report.reporter_id == member.id,
            Report.created_at > since,
        )
    )
    return session.exec(statement).one()
