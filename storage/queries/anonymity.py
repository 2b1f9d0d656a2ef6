"""Aliases, and what is kept of who is behind them."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, delete, exists, func
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from storage.queries import direct
from storage.tables import AnonymousAuthor, AnonymousDraft, Audit, Member, Post, Table


class Author(NamedTuple):
    """An alias that has declared an employer, and since when it has posted."""

    member_id: int
    blind: str
    employers: list[str]
    key_id: str
    since: datetime


def of_aliases(
    session: Session, *, community_id: str, ids: Collection[int]
) -> list[AnonymousAuthor]:
    """The rows of those among the members that are aliases."""
    found = alias_ids(session, community_id=community_id, ids=ids)
    return [session.get_one(AnonymousAuthor, (community_id, id_)) for id_ in found]


def alias_ids(session: Session, *, community_id: str, ids: Collection[int]) -> list[int]:
    """Those of the members that are aliases; mostly there are none."""
    values = {"community_id": community_id, "ids": list(ids)}
    return direct.run(session, _alias_ids(), values).scalars() if ids else []


@cache
def _alias_ids() -> Select[Any]:
    row = Table.metadata.tables["anonymous_author"].c
    return rows(row.member_id).where(
        row.community_id == bindparam("community_id"),
        row.member_id.in_(bindparam("ids", expanding=True)),
    )


def of_person(session: Session, *, community_id: str, blind: str) -> list[AnonymousAuthor]:
    """All aliases of one person, the oldest first."""
    statement = (
        select(AnonymousAuthor)
        .where(AnonymousAuthor.community_id == community_id, AnonymousAuthor.blind == blind)
        .order_by(col(AnonymousAuthor.member_id))
    )
    return list(session.exec(statement))


def posts(
    session: Session,
    *,
    community_id: str,
    blind: str,
    state: str | None = None,
    since: datetime | None = None,
) -> list[Post]:
    """The person's anonymous posts, the newest first; ``since`` looks at their end."""
    statement = (
        select(Post)
        .join(AnonymousAuthor, _wrote())
        .where(Post.community_id == community_id, AnonymousAuthor.blind == blind)
        .order_by(col(Post.created_at).desc(), col(Post.id).desc())
    )
    if state is not None:
        statement = statement.where(Post.state == state)
    if since is not None:
        statement = statement.where(Post.expires_at >= since)
    return list(session.exec(statement))


def count_since(session: Session, *, community_id: str, blind: str, since: datetime) -> int:
    """How many anonymous posts the person made since then, and did not take back."""
    statement = (
        select(func.count())
        .select_from(Post)
        .join(AnonymousAuthor, _wrote())
        .where(
            Post.community_id == community_id,
            AnonymousAuthor.blind == blind,
            Post.created_at >= since,
            Post.state != "undone",
        )
    )
    return session.exec(statement).one()


def with_employer(
    session: Session, *, community_id: str, ids: Collection[int] | None = None
) -> list[Author]:
    """Aliases with an employer, all that there are or those among the members."""
    statement = (
        rows(
            col(AnonymousAuthor.member_id),
            col(AnonymousAuthor.blind),
            col(AnonymousAuthor.employers),
            col(AnonymousAuthor.key_id),
            col(Post.created_at),
        )
        .join(Post, _wrote())
        .where(col(AnonymousAuthor.community_id) == community_id)
    )
    if ids is not None:
        statement = statement.where(col(AnonymousAuthor.member_id).in_(ids))
    found = [Author(*row) for row in session.execute(statement)]
    return [one for one in found if one.employers]


def live_keys(session: Session) -> set[str]:
    """Fingerprints of the keys with which the authors of running posts are sealed."""
    statement = (
        select(AnonymousAuthor.key_id).join(Post, _wrote()).where(Post.state == "active").distinct()
    )
    return set(session.exec(statement))


def all_keys(session: Session) -> set[str]:
    """Likewise of all posts."""
    return set(session.exec(select(AnonymousAuthor.key_id).distinct()))


def live_names(session: Session, *, community_id: str) -> set[str]:
    """Names of the aliases whose posts run."""
    alias = and_(
        col(Member.community_id) == AnonymousAuthor.community_id,
        col(Member.id) == AnonymousAuthor.member_id,
    )
    statement = (
        select(Member.name)
        .join(AnonymousAuthor, alias)
        .join(Post, _wrote())
        .where(Member.community_id == community_id, Post.state == "active")
    )
    return set(session.exec(statement))


def draft(session: Session, *, community_id: str, blind: str) -> AnonymousDraft | None:
    """What the person has still to confirm, also when its time is over."""
    return session.get(AnonymousDraft, (community_id, blind))


def drop_drafts(session: Session, *, now: datetime) -> None:
    """Forget what nobody has confirmed in time."""
    session.execute(delete(AnonymousDraft).where(col(AnonymousDraft.expires_at) <= now))


def drop_bare(session: Session, *, community_id: str) -> None:
    """Forget aliases whose posts are forgotten, and who was behind them."""
    written = exists().where(
        col(Post.community_id) == AnonymousAuthor.community_id,
        col(Post.author_id) == AnonymousAuthor.member_id,
    )
    bare = select(AnonymousAuthor.member_id).where(
        AnonymousAuthor.community_id == community_id, ~written
    )
    here = col(Member.community_id) == community_id
    session.execute(delete(Member).where(here, col(Member.id).in_(bare)))


def company_changes(
    session: Session, *, community_id: str, since: datetime
) -> list[tuple[int, datetime]]:
    """Who has put another company on his card since then, and when."""
    statement = select(Audit.subject_id, Audit.at, Audit.detail).where(
        Audit.community_id == community_id,
        Audit.at >= since,
        Audit.subject == "member",
        Audit.verb == "profile",
    )
    return [(id_, at) for id_, at, said in session.exec(statement) if "company" in said["fields"]]


def _wrote() -> Any:
    return and_(
        col(Post.community_id) == AnonymousAuthor.community_id,
        col(Post.author_id) == AnonymousAuthor.member_id,
    )
