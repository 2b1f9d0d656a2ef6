"""Members and posts as those who run a community look through them: filtered, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, or_
from sqlmodel import Session, col, select

from storage.queries.people.joins import on_member
from storage.queries.people.memberships import NOBODY
from storage.tables import Account, Mark, Member, Membership, Post

Row = tuple[Member, Membership | None]
_SEARCHED = (Member.name, Member.group_nickname, Member.company, Member.title)


@dataclass(frozen=True)
class WantedMembers:
    """Which members somebody wants to see. What is not set does not matter."""

    words: str = ""
    role: str = ""  # one of the table of rights
    state: str = ""  # of a membership, or ``barred``
    city: str = ""
    owners: Collection[str] = ()  # accounts of the configuration that make one an owner


def members(
    session: Session,
    *,
    community_id: str,
    wanted: WantedMembers,
    before: int | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[Row]:
    """The latest who came; with ``before`` the next behind the member of that number.

    With ``after`` those who come right in front of that one. However far down it is, no more is
    read than what is shown.
    """
    conditions = _conditions(community_id, wanted)
    if before is not None:
        conditions.append(col(Member.id) < before)
    if after is not None:
        conditions.append(col(Member.id) > after)
    by = col(Member.id).desc() if after is None else col(Member.id)
    rows = (
        select(Member, Membership)
        .join(Membership, on_member(Membership), isouter=True)
        .where(*conditions)
        .order_by(by)
        .limit(limit)
    )
    found: list[Row] = [(member, row) for member, row in session.exec(rows)]
    return found if after is None else found[::-1]


def count_members(session: Session, *, community_id: str, wanted: WantedMembers) -> int:
    """How many there are in all."""
    statement = (
        select(func.count())
        .select_from(Member)
        .join(Membership, on_member(Membership), isouter=True)
        .where(*_conditions(community_id, wanted))
    )
    return session.exec(statement).one()


def _conditions(community_id: str, wanted: WantedMembers) -> list[Any]:
    conditions: list[Any] = [
        Member.community_id == community_id,
        func.coalesce(Membership.state, "active") != NOBODY,
    ]
    if words := wanted.words:
        conditions.append(or_(*(col(one).icontains(words, autoescape=True) for one in _SEARCHED)))
    if wanted.city:
        conditions.append(col(Member.city).icontains(wanted.city, autoescape=True))
    if wanted.role:
        conditions += _of_role(wanted.role, wanted.owners)
    if wanted.state:
        conditions += _in_state(wanted.state)
    return conditions


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
    owns = exists().where(on_member(Account), col(Account.address).in_(owners))
    if role == "owner":
        return [owns]
    return [~owns, func.coalesce(Membership.role, "member") == role, *_in_state("active")]


def _in_state(state: str) -> list[Any]:
    barred = exists().where(on_member(Mark), col(Mark.kind) == "barred")
    if state == "barred":
        return [barred]
    return [func.coalesce(Membership.state, "active") == state, ~barred]


@dataclass(frozen=True)
class WantedPosts:
    """Which posts somebody wants to see. What is not set does not matter."""

    kind: str = ""
    state: str = ""
    author_id: int | None = None
    words: str = ""


def posts(
    session: Session,
    *,
    community_id: str,
    wanted: WantedPosts,
    before: int | None = None,
    among: int,
    limit: int,
) -> list[Post]:
    """The latest; with ``before`` those that come behind the post of that number.

    Words are looked for in the latest ``among`` of them, so that a rare one costs no walk through
    everything.
    """
    statement = select(Post.id).where(Post.community_id == community_id)
    if wanted.kind:
        statement = statement.where(Post.kind == wanted.kind)
    if wanted.state:
        statement = statement.where(Post.state == wanted.state)
    if wanted.author_id is not None:
        statement = statement.where(Post.author_id == wanted.author_id)
    last = None if before is None else session.get(Post, (community_id, before))
    if last is not None:
        earlier = and_(col(Post.created_at) == last.created_at, col(Post.id) < last.id)
        statement = statement.where(
            col(Post.created_at) <= last.created_at,
            or_(col(Post.created_at) < last.created_at, earlier),
        )
    latest = (col(Post.created_at).desc(), col(Post.id).desc())
    nearest = statement.order_by(*latest).limit(among if wanted.words else limit)
    found = select(Post).where(
        Post.community_id == community_id, col(Post.id).in_(nearest.subquery().select())
    )
    if wanted.words:
        found = found.where(col(Post.text).icontains(wanted.words, autoescape=True))
    return list(session.exec(found.order_by(*latest).limit(limit)))
