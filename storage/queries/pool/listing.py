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
    joined = on_member(Membership)
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
