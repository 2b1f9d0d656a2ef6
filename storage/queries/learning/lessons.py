"""What a community has learned, version by version."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam
from sqlalchemy import Select as CoreSelect
from sqlalchemy import Table as CoreTable
from sqlalchemy import select as rows
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.queries import direct
from storage.tables import Lesson, Table

_LEARNED = ("community", "lesson", "tuning")


def current(session: Session, *, community_id: str) -> Lesson | None:
    """The newest lesson that was not withdrawn."""
    return session.exec(_current(), params={"community_id": community_id}).first()


@cache
def _current() -> SelectOfScalar[Lesson]:
    return (
        select(Lesson)
        .where(Lesson.community_id == bindparam("community_id"), col(Lesson.withdrawn).is_(False))
        .order_by(col(Lesson.id).desc())
        .limit(1)
    )


class Learned(NamedTuple):
    """What holds now: the weights of words, and the shifts of which weights of features."""

    words: Mapping[str, float] | None
    shifts: Mapping[str, Mapping[str, float]] | None
    weights: str | None


def learned(session: Session, *, community_id: str) -> Learned:
    """By the newest lesson and the newest tuning that were not withdrawn."""
    found = direct.run(session, _learned(), {"community_id": community_id}).first()
    return Learned(None, None, None) if found is None else Learned(*found)


@cache
def _learned() -> CoreSelect[Any]:
    """The community's row stands before both: neither of them has to be there."""
    community, lesson, tuning = (Table.metadata.tables[name] for name in _LEARNED)
    joined = community.outerjoin(lesson, _newest(lesson)).outerjoin(tuning, _newest(tuning))
    return (
        rows(lesson.c.weights, tuning.c.shifts, tuning.c.weights)
        .select_from(joined)
        .where(community.c.id == bindparam("community_id"))
    )


def _newest(table: CoreTable) -> ColumnElement[bool]:
    here: ColumnElement[str] = bindparam("community_id")
    other = table.alias().c
    newest = (
        rows(other.id)
        .where(other.community_id == here, other.withdrawn.is_(False))
        .order_by(other.id.desc())
        .limit(1)
    )
    return and_(table.c.community_id == here, table.c.id == newest.scalar_subquery())


def all_of(session: Session, *, community_id: str) -> list[Lesson]:
    """Every lesson, the oldest first."""
    statement = select(Lesson).where(Lesson.community_id == community_id).order_by(col(Lesson.id))
    return list(session.exec(statement))
