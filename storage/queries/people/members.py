"""Members as a community looks them up."""

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from storage.queries import loaded
from storage.tables import Account, Member


def names(session: Session, *, community_id: str) -> list[tuple[int, str, str]]:
    """Id, name and group nickname of every active member, in the order in which they came."""
    statement = (
        select(Member.id, Member.name, Member.group_nickname)
        .where(Member.community_id == community_id, col(Member.active))
        .order_by(col(Member.id))
    )
    return [(id_, name, nickname) for id_, name, nickname in session.exec(statement)]


def by_ids(
    session: Session, *, community_id: str, ids: list[int], lean: bool = False
) -> list[Member]:
    """The members, in the order of the ids; ``lean``: nobody will ask for their analyses."""
    return loaded.by_ids(session, Member, community_id, ids, lean=lean)


def everyone(session: Session, *, community_id: str) -> list[Member]:
    """All members, also those who are not active."""
    statement = select(Member).where(Member.community_id == community_id).order_by(col(Member.id))
    return list(session.exec(statement))


def count(session: Session, *, community_id: str) -> int:
    """How many active members there are."""
    statement = select(func.count()).where(Member.community_id == community_id, col(Member.active))
    return session.exec(statement).one()


def with_company(session: Session, *, community_id: str) -> list[tuple[int, str, str]]:
    """Id, name and company of everybody who has told a company."""
    statement = (
        select(Member.id, Member.name, Member.company)
        .where(Member.community_id == community_id, Member.company != "")
        .order_by(col(Member.id))
    )
    return [(id_, name, company) for id_, name, company in session.exec(statement)]


def cards(session: Session, *, community_id: str) -> list[tuple[int, str, str]]:
    """Id, company and group nickname of everybody who has one of the two, active or not."""
    statement = select(Member.id, Member.company, Member.group_nickname).where(
        Member.community_id == community_id,
        or_(col(Member.company) != "", col(Member.group_nickname) != ""),
    )
    return [(id_, company, nickname) for id_, company, nickname in session.exec(statement)]


def without_account(session: Session, *, community_id: str, ids: list[int]) -> list[int]:
    """Those of the members whom the roster alone knows."""
    held = select(Account.member_id).where(
        Account.community_id == community_id, col(Account.member_id).in_(ids)
    )
    known = set(session.exec(held))
    return [id_ for id_ in ids if id_ not in known]
