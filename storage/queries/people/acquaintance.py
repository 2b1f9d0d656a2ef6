"""What members have in common, as far as it can be told from their rows."""

from collections.abc import Collection

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from storage.queries.chunks import chunked
from storage.queries.people.joins import on_member
from storage.tables import Application, Member, Preference


def ties(session: Session, *, community_id: str) -> list[tuple[int, str, str, str]]:
    """Id, company, city and industry of every active member who may be called and named.

    A company that is not shown is none.
    """
    shows = func.coalesce(Preference.shows_company, True)
    statement = (
        select(Member.id, case((shows, Member.company), else_=""), Member.city, Member.industry)
        .join(Preference, on_member(Preference), isouter=True)
        .where(
            Member.community_id == community_id,
            col(Member.active),
            col(Member.muted).is_(False),
            func.coalesce(Preference.listed, True),
        )
        .order_by(col(Member.id))
    )
    return [
        (id_, company, city, industry) for id_, company, city, industry in session.exec(statement)
    ]


def applications_of(
    session: Session, *, community_id: str, member_ids: Collection[int]
) -> list[Application]:
    """The applications by which these have become members, the oldest first."""
    found: list[Application] = []
    for portion in chunked(sorted(member_ids)):
        statement = (
            select(Application)
            .where(
                Application.community_id == community_id,
                Application.state == "approved",
                col(Application.member_id).in_(portion),
            )
            .order_by(col(Application.id))
        )
        found += session.exec(statement)
    return found
