"""Lasting words about accounts that are known by their digest alone."""

from collections.abc import Collection
from datetime import datetime
from functools import cache

from sqlalchemy import and_, bindparam, delete, or_, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct
from storage.queries.people.joins import on_member
from storage.tables import Mark, Member

_ON = (
    col(Mark.community_id) == bindparam("community_id"),
    col(Mark.kind) == bindparam("kind"),
    col(Mark.digest).in_(bindparam("digests", expanding=True)),
)


def get(session: Session, *, community_id: str, kind: str, digest: str) -> Mark | None:
    """The mark of that kind on an account."""
    return session.get(Mark, (community_id, kind, digest))


def among(session: Session, *, community_id: str, kind: str, digests: Collection[str]) -> set[str]:
    """Those of the digests that bear such a mark."""
    values = {"community_id": community_id, "kind": kind, "digests": list(digests)}
    return set(direct.run(session, _among(), values).scalars())


@cache
def _among() -> SelectOfScalar[str]:
    return select(Mark.digest).where(*_ON)


def on(session: Session, *, community_id: str, kind: str, digests: Collection[str]) -> list[Mark]:
    """The marks of that kind on those of the accounts that bear one."""
    values = {"community_id": community_id, "kind": kind, "digests": list(digests)}
    if not direct.run(session, _among(), values):  # hardly any does, and this is soon told
        return []
    return list(session.exec(_on(), params=values))


@cache
def _on() -> SelectOfScalar[Mark]:
    return select(Mark).where(*_ON).order_by(col(Mark.digest))


def exist(session: Session, *, community_id: str, kind: str) -> bool:
    """There is a mark of that kind at all."""
    statement = select(Mark.digest).where(Mark.community_id == community_id, Mark.kind == kind)
    return session.exec(statement.limit(1)).first() is not None


def of_member(session: Session, *, community_id: str, kind: str, member_id: int) -> list[Mark]:
    """The marks of that kind on a known member."""
    statement = (
        select(Mark)
        .where(Mark.community_id == community_id, Mark.kind == kind, Mark.member_id == member_id)
        .order_by(col(Mark.digest))
    )
    return list(session.exec(statement))


def with_members(session: Session, *, community_id: str, kind: str) -> list[tuple[Mark, Member]]:
    """All marks of that kind whose bearers are known, the latest first."""
    statement = (
        select(Mark, Member)
        .join(Member, on_member(Mark))
        .where(Mark.community_id == community_id, Mark.kind == kind)
        .order_by(col(Mark.at).desc(), col(Mark.digest))
    )
    return [(mark, member) for mark, member in session.exec(statement)]


def forget(session: Session, *, community_id: str, kind: str, digests: Collection[str]) -> None:
    """Take such marks off these accounts."""
    for mark in on(session, community_id=community_id, kind=kind, digests=digests):
        session.delete(mark)
    session.flush()


def prune(session: Session, *, kind: str, before: datetime, short_before: datetime) -> None:
    """Forget those of a kind that are older; and what was sent in the day before an older one."""
    one = col(Mark.kind) == kind
    over = (col(Mark.at) <= short_before, col(Mark.sent) > 0)
    session.execute(update(Mark).where(one, *over).values(sent=0))
    says_nothing = and_(col(Mark.tries) == 0, col(Mark.sent) == 0)
    session.execute(delete(Mark).where(one, or_(col(Mark.at) <= before, says_nothing)))
