"""What members want by mail, and when the next letter is due."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, String, Update, bindparam, or_, update
from sqlalchemy import select as rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct, due_rows
from storage.queries.people.joins import on_member
from storage.tables import Member, Preference, Table
from storage.tables.base import UtcDateTime

_TABLE = Table.metadata.tables["preference"]


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
    return due_rows.communities(session, _TABLE.c.due_at, now=now, among=among)


def claim_due(
    session: Session, *, community_id: str, now: datetime, limit: int
) -> list[Preference]:
    """Whose letter is due, the longest first; held until the transaction ends."""
    due = (Preference.community_id == community_id, col(Preference.due_at) <= now)
    by = (col(Preference.due_at), col(Preference.member_id))
    return due_rows.claim(session, Preference, *due, by=by, limit=limit)


def hurry(
    session: Session,
    *,
    community_id: str,
    now: datetime,
    members: Collection[int] = (),
    authors_of: Collection[int] = (),
) -> None:
    """Those of the members, and of the authors of the posts, who want to hear at once are due."""
    if members or authors_of:
        values = {
            "here": community_id,
            "now": now,
            "members": list(members),
            "authors_of": list(authors_of),
        }
        direct.run(session, _hurry(), values)


@cache
def _hurry() -> Update:
    row, post = _TABLE.c, Table.metadata.tables["post"].c
    here, now = bindparam("here", type_=String), bindparam("now", type_=UtcDateTime)
    authors = rows(post.author_id).where(
        post.community_id == here, post.id.in_(bindparam("authors_of", expanding=True))
    )
    return (
        update(_TABLE)
        .where(
            row.community_id == here,
            row.alerts == "now",
            or_(row.due_at.is_(None), row.due_at > now),
            or_(
                row.member_id.in_(bindparam("members", expanding=True)), row.member_id.in_(authors)
            ),
        )
        .values(due_at=now)
    )


def unlisted(session: Session, *, community_id: str, ids: Collection[int]) -> set[int]:
    """Those of the members who chose not to be found."""
    if not ids:
        return set()
    values = {"community_id": community_id, "ids": list(ids)}
    return set(direct.run(session, _unlisted(), values).scalars())


@cache
def _unlisted() -> Select[Any]:
    row = _TABLE.c
    return rows(row.member_id).where(
        row.community_id == bindparam("community_id"),
        row.member_id.in_(bindparam("ids", expanding=True)),
        row.listed.is_(False),
    )


def of_members(
    session: Session, *, community_id: str, ids: Collection[int]
) -> dict[int, Preference]:
    """What those of the members chose who chose something."""
    if not ids:
        return {}
    values = {"community_id": community_id, "ids": list(ids)}
    return {row.member_id: row for row in session.exec(_of_members(), params=values)}


@cache
def _of_members() -> SelectOfScalar[Preference]:
    return select(Preference).where(
        Preference.community_id == bindparam("community_id"),
        col(Preference.member_id).in_(bindparam("ids", expanding=True)),
    )


def hidden_companies(session: Session, *, community_id: str) -> dict[int, str]:
    """The companies of those who do not show them, by member."""
    statement = (
        select(Member.id, Member.company)
        .join(Preference, on_member(Preference))
        .where(
            Preference.community_id == community_id,
            col(Preference.shows_company).is_(False),
            Member.company != "",
        )
    )
    return dict(session.exec(statement).all())
