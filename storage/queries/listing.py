"""Members as those who run a community look through them: filtered, page by page."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select

from storage.queries.memberships import NOBODY
from storage.tables import Account, Mark, Member, Membership

Row = tuple[Member, Membership | None]
_SEARCHED = (Member.name, Member.group_nickname, Member.company, Member.title)


def members(
    session: Session,
    *,
    community_id: str,
    words: str = "",
    role: str = "",
    state: str = "",
    city: str = "",
    owners: Collection[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Row], int]:
    """One page, the latest who came first, and how many there are in all.

    ``role`` is one of the table of rights, ``owners`` are the accounts of the configuration that
    make one an owner. ``state`` is that of a membership, or ``barred``.
    """
    conditions: list[Any] = [
        Member.community_id == community_id,
        func.coalesce(Membership.state, "active") != NOBODY,
    ]
    if words:
        conditions.append(or_(*(col(one).icontains(words, autoescape=True) for one in _SEARCHED)))
    if city:
        conditions.append(col(Member.city).icontains(city, autoescape=True))
    if role:
        conditions += _of_role(role, owners)
    if state:
        conditions += _in_state(state)
    joined = (
        (col(Membership.community_id) == Member.community_id)
        & (col(Membership.member_id) == Member.id)
    )  # fmt: skip
    rows = (
        select(Member, Membership)
        .join(Membership, joined, isouter=True)
        .where(*conditions)
        .order_by(col(Member.id).desc())
        .offset(offset)
        .limit(limit)
    )
    total = (
        select(func.count())
        .select_from(Member)
        .join(Membership, joined, isouter=True)
        .where(*conditions)
    )
    return [(member, row) for member, row in session.exec(rows)], session.exec(total).one()


def owners_among(
    session: Session, *, community_id: str, ids: Collection[int], owners: Collection[str]
) -> set[int]:
    """Those of the members who hold one of the accounts."""
    statement = select(Account.member_id).where(
        Account.community_id == community_id,
        col(Account.member_id).in_(ids),
        col(Account.address).in_(owners),
    )
    return set(session.exec(statement))


def barred_among(session: Session, *, community_id: str, ids: Collection[int]) -> set[int]:
    """Those of the members who are kept out."""
    statement = select(Mark.member_id).where(
        Mark.community_id == community_id, Mark.kind == "barred", col(Mark.member_id).in_(ids)
    )
    return {one for one in session.exec(statement) if one is not None}


def _of_role(role: str, owners: Collection[str]) -> list[Any]:
    owns = exists().where(
        col(Account.community_id) == Member.community_id,
        col(Account.member_id) == Member.id,
        col(Account.address).in_(owners),
    )
    if role == "owner":
        return [owns]
    return [~owns, func.coalesce(Membership.role, "member") == role, *_in_state("active")]


def _in_state(state: str) -> list[Any]:
    barred = exists().where(
        col(Mark.community_id) == Member.community_id,
        col(Mark.kind) == "barred",
        col(Mark.member_id) == Member.id,
    )
    if state == "barred":
        return [barred]
    return [func.coalesce(Membership.state, "active") == state, ~barred]
