"""Posts and people in a few words, for whoever only tells of them: no rows that can be changed."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam
from sqlalchemy import select as rows
from sqlmodel import Session

from storage.queries import direct
from storage.tables import Table
from storage.tables.people import shown_as


class Person(NamedTuple):
    """A member, as far as others have to do with him."""

    id: int
    name: str
    group_nickname: str
    company: str
    muted: bool
    active: bool

    @property
    def shown(self) -> str:
        """The name that others read; never empty."""
        return shown_as(self.id, self.name, self.group_nickname)


class PostSummary(NamedTuple):
    """What a post says, and who says it."""

    id: int
    kind: str
    title: str
    text: str
    collected_by: int | None
    author: Person

    @property
    def author_id(self) -> int:
        """The author's number."""
        return self.author.id


def posts(session: Session, *, community_id: str, ids: Collection[int]) -> dict[int, PostSummary]:
    """The posts by their numbers."""
    if not ids:
        return {}
    values = {"community_id": community_id, "ids": list(ids)}
    found = direct.run(session, _posts(), values)
    return {row[0]: _summary(*row) for row in found}


def people(session: Session, *, community_id: str, ids: Iterable[int]) -> dict[int, Person]:
    """The members by their numbers."""
    asked = list(ids)
    if not asked:
        return {}
    found = direct.run(session, _people(), {"community_id": community_id, "ids": asked})
    return {row[0]: Person(*row) for row in found}


def _summary(
    number: int, kind: str, title: str, text: str, collected_by: int | None, *author: Any
) -> PostSummary:
    return PostSummary(number, kind, title, text, collected_by, Person(*author))


@cache
def _posts() -> Select[Any]:
    post, member = Table.metadata.tables["post"], Table.metadata.tables["member"]
    his = and_(member.c.community_id == post.c.community_id, member.c.id == post.c.author_id)
    words = (post.c.id, post.c.kind, post.c.title, post.c.text, post.c.collected_by)
    return (
        rows(*words, *_person())
        .select_from(post.join(member, his))
        .where(
            post.c.community_id == bindparam("community_id"),
            post.c.id.in_(bindparam("ids", expanding=True)),
        )
    )


@cache
def _people() -> Select[Any]:
    row = Table.metadata.tables["member"].c
    return rows(*_person()).where(
        row.community_id == bindparam("community_id"),
        row.id.in_(bindparam("ids", expanding=True)),
    )


def _person() -> list[Any]:
    return [Table.metadata.tables["member"].c[name] for name in Person._fields]
