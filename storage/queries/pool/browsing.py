"""Looking through the pool and the directory page by page, each by an index made for it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlmodel import Session

from storage.tables import Table

FEW = 200  # so many authors are looked at one by one
_TABLES = Table.metadata.tables
_POST = _TABLES["post"].c
_MEMBER = _TABLES["member"].c
_POSTING = _TABLES["posting"].c
_PREFERENCE = _TABLES["preference"].c


def people(session: Session, *, community_id: str, city: str = "", industry: str = "") -> list[int]:
    """Active members who live there and work in that trade, as far as their cards say."""
    statement = _people(community_id, city, industry)
    return [id_ for (id_,) in session.execute(statement)]


def _listed(community_id: str, viewer: int, city: str, industry: str) -> Select[Any]:
    """The ids of the directory, as the viewer finds them."""
    hidden = select(_PREFERENCE.member_id).where(
        _PREFERENCE.community_id == community_id,
        ~_PREFERENCE.listed,
        _PREFERENCE.member_id != viewer,
    )
    return _people(community_id, city, industry).where(_MEMBER.id.not_in(hidden))


def directory(
    session: Session,
    *,
    community_id: str,
    viewer: int,
    city: str = "",
    industry: str = "",
    skip: int,
    limit: int,
) -> tuple[list[int], int]:
    """One page of the directory, those who came last first, and how many there are in all."""
    every = _listed(community_id, viewer, city, industry)
    page = every.order_by(_MEMBER.id.desc()).offset(skip).limit(limit)
    total = session.execute(select(func.count()).select_from(every.subquery())).scalar_one()
    return [id_ for (id_,) in session.execute(page)], int(total)


def names(
    session: Session, *, community_id: str, viewer: int, city: str = "", industry: str = ""
) -> list[tuple[int, str, str]]:
    """Id, name and group nickname of everybody in the directory."""
    every = _listed(community_id, viewer, city, industry)
    statement = select(_MEMBER.id, _MEMBER.name, _MEMBER.group_nickname).where(
        _MEMBER.community_id == community_id, _MEMBER.id.in_(every)
    )
    return [(id_, name, nickname) for id_, name, nickname in session.execute(statement)]


def common(session: Session, *, community_id: str, field: str, limit: int) -> list[str]:
    """What most active members who are listed have written into that field of their cards."""
    column = _MEMBER[field]
    hidden = select(_PREFERENCE.member_id).where(
        _PREFERENCE.community_id == community_id, ~_PREFERENCE.listed
    )
    statement = (
        select(column)
        .where(
            _MEMBER.community_id == community_id,
            _MEMBER.active,
            column != "",
            _MEMBER.id.not_in(hidden),
        )
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(limit)
    )
    return [word for (word,) in session.execute(statement)]


def newest(
    session: Session,
    *,
    community_id: str,
    state: str,
    kind: str,
    before: int | None,
    limit: int,
    authors: Sequence[int] | None = None,
) -> list[int]:
    """The newest posts of one kind in one state, of these authors if any are named."""
    number: ColumnElement[int] = _POST.id
    statement = select(number).where(
        _POST.community_id == community_id, _POST.state == state, _POST.kind == kind
    )
    if authors is not None:
        if not authors:
            return []
        if len(authors) <= FEW:  # by their own index, and not along all posts of the community
            statement = statement.where(_POST.author_id.in_(authors))
            number = _POST.id + 0
        else:
            statement = statement.where((_POST.author_id + 0).in_(authors))
    if before is not None:
        statement = statement.where(number < before)
    return [id_ for (id_,) in session.execute(statement.order_by(number.desc()).limit(limit))]


def newest_with(
    session: Session,
    *,
    community_id: str,
    shelf: str,
    term: str,
    weight: int,
    before: int | None,
    limit: int,
    authors: Sequence[int] | None = None,
) -> list[int]:
    """The newest on a shelf that are found by a term which weighs the same in all of them."""
    statement = select(_POSTING.item_id).where(
        _POSTING.community_id == community_id,
        _POSTING.shelf == shelf,
        _POSTING.term == term,
        _POSTING.weight == weight,
    )
    if authors is not None:
        post = (_POST.community_id == community_id) & (_POST.id == _POSTING.item_id)
        statement = statement.join(_TABLES["post"], post).where((_POST.author_id + 0).in_(authors))
    if before is not None:
        statement = statement.where(_POSTING.item_id < before)
    ordered = statement.order_by(_POSTING.item_id.desc()).limit(limit)
    return [id_ for (id_,) in session.execute(ordered)]


def authors(session: Session, *, community_id: str, ids: Collection[int]) -> dict[int, int]:
    """Who wrote the posts."""
    sql = "SELECT id, author_id FROM post WHERE community_id = :community_id AND id IN"
    return {row[0]: row[1] for row in _among(session, sql, ids, {"community_id": community_id})}


def holding(
    session: Session, *, community_id: str, shelf: str, term: str, ids: Collection[int]
) -> set[int]:
    """Those of the items that are found by the term."""
    sql = (
        "SELECT item_id FROM posting WHERE community_id = :community_id AND shelf = :shelf "
        "AND term = :term AND item_id IN"
    )
    values = {"community_id": community_id, "shelf": shelf, "term": term}
    return {row[0] for row in _among(session, sql, ids, values)}


def _among(
    session: Session, sql: str, ids: Collection[int], values: Mapping[str, str]
) -> Sequence[Any]:
    """Hundreds of numbers stand in the statement itself: as parameters they would take longer
    than the looking up."""
    if not ids:
        return ()
    numbers = ", ".join(str(int(id_)) for id_ in ids)
    once = {"compiled_cache": None}  # the next one has other numbers
    statement = text(f"{sql} ({numbers})")
    return session.connection().execute(statement, values, execution_options=once).all()


def _people(community_id: str, city: str, industry: str) -> Select[Any]:
    statement = select(_MEMBER.id).where(_MEMBER.community_id == community_id, _MEMBER.active)
    for column, words in ((_MEMBER.city, city), (_MEMBER.industry, industry)):
        if words:
            statement = statement.where(column.icontains(words, autoescape=True))
    return statement
