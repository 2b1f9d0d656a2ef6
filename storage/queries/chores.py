"""Work that comes round by the calendar."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, Update, bindparam, update
from sqlalchemy import select as rows
from sqlmodel import Session

from storage.queries import direct
from storage.tables import Table

_TABLE = Table.metadata.tables["chore"]
_MINE = (_TABLE.c.community_id == bindparam("here"), _TABLE.c.name == bindparam("work"))


def times(session: Session, *, name: str) -> dict[str, datetime]:
    """When each community did that work last."""
    return dict(direct.run(session, _times(), {"work": name}))


def take(
    session: Session, *, community_id: str, name: str, moment: datetime, now: datetime
) -> bool:
    """Whether the work of that moment has still to be done; from now on it counts as done.

    What is met for the first time begins with the next moment. Call it with the community locked.
    """
    mine = {"here": community_id, "work": name}
    done_at: datetime | None = direct.run(session, _done_at(), mine).scalar_one_or_none()
    if done_at is None:
        new = {"community_id": community_id, "name": name, "done_at": now}
        direct.add(session, "chore", [new])
        return False
    if done_at >= moment:
        return False
    direct.run(session, _do(), {**mine, "at": now})
    return True


@cache
def _times() -> Select[Any]:
    return rows(_TABLE.c.community_id, _TABLE.c.done_at).where(_MINE[1])


@cache
def _done_at() -> Select[Any]:
    return rows(_TABLE.c.done_at).where(*_MINE)


@cache
def _do() -> Update:
    return update(_TABLE).where(*_MINE).values(done_at=bindparam("at"))
