"""Statements made ready once give what SQLAlchemy gives, on both databases."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Executable, bindparam, insert, select, text, update
from sqlalchemy.exc import (
    IntegrityError,
    NoResultFound,
    OperationalError,
    ProgrammingError,
    StatementError,
)

from storage.database import Database
from storage.queries import direct
from storage.tables import Table
from tests.listening import statements
from tests.storage.conftest import NOW

AUDIT = Table.metadata.tables["audit"]
HERE = timezone(timedelta(hours=8))
OF = (
    select(AUDIT.c.id, AUDIT.c.at, AUDIT.c.detail, AUDIT.c.actor_id)
    .where(AUDIT.c.community_id == "a", AUDIT.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(AUDIT.c.id)
)
MOVE = (
    update(AUDIT)
    .where(AUDIT.c.community_id == "a", AUDIT.c.id.in_(bindparam("ids", expanding=True)))
    .values(at=bindparam("moved"), detail=bindparam("said"))
)
PUT = insert(AUDIT).returning(AUDIT.c.id, AUDIT.c.via)


def entry(number: int, **changed: Any) -> dict[str, Any]:
    row = {"community_id": "a", "id": number, "at": NOW, "actor_id": None, "verb": "编辑"}
    return row | {"subject": "post", "subject_id": 1, "detail": {"字": [1, None]}} | changed


@pytest.fixture
def entries(filled: Database) -> Database:
    """Three entries of community ``a``, the second at a time of another zone."""
    with filled.begin() as session:
        elsewhere = entry(2, at=NOW.astimezone(HERE), detail={})
        direct.add(session, "audit", [entry(1), elsewhere, entry(3)])
    return filled


@pytest.mark.parametrize("ids", [[], [2], [3, 1], [1, 2, 3], [3, 9, 7, 2, 8], [9]])
def test_as_by_sqlalchemy(entries: Database, ids: Sequence[int]) -> None:
    with entries.read() as session:
        known = session.connection().execute(OF, {"ids": ids}).all()
        for _ in range(2):
            assert direct.run(session, OF, {"ids": ids}) == [tuple(row) for row in known]


def test_lists_of_many_lengths_share_few_statements(entries: Database) -> None:
    with entries.read() as session, statements(entries) as seen:
        for length in range(1, 101):
            found = direct.run(session, OF, {"ids": list(range(1, length + 1))})
            assert len(found) == min(length, 3)
    assert len(set(seen)) == 8


def test_times_and_json_come_back_as_they_were(entries: Database) -> None:
    with entries.read() as session:
        [first, second] = direct.run(session, OF, {"ids": [1, 2]})
    assert first == (1, NOW, {"字": [1, None]}, None)
    assert second == (2, NOW, {}, None)
    assert isinstance(second[1], datetime)
    assert second[1].utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(entries: Database) -> None:
    values = {"ids": [1], "moved": NOW.replace(tzinfo=None), "said": {}}
    with entries.begin() as session, pytest.raises(ValueError, match="without a zone"):
        direct.run(session, MOVE, values)


def test_changes_give_nothing_unless_asked(entries: Database) -> None:
    later = NOW + timedelta(hours=1)
    with entries.begin() as session:
        assert direct.run(session, MOVE, {"ids": [1, 3], "moved": later, "said": [1]}) == []
    with entries.read() as session:
        found = direct.run(session, OF, {"ids": [1, 2, 3]})
    assert [row[1:3] for row in found] == [(later, [1]), (NOW, {}), (later, [1])]


def test_what_is_left_out_has_its_default(entries: Database) -> None:
    with entries.begin() as session:
        assert direct.run(session, PUT, entry(4)).first() == (4, "")
        assert direct.run(session, PUT, entry(5, via="onebot:1")).first() == (5, "onebot:1")


def test_first_scalar_and_none(entries: Database) -> None:
    with entries.read() as session:
        some, none = direct.run(session, OF, {"ids": [2, 3]}), direct.run(session, OF, {"ids": [7]})
    assert (some.scalar_one(), some.scalar_one_or_none(), some.scalars()) == (2, 2, [2, 3])
    assert (none.first(), none.scalar_one_or_none(), none.scalars()) == (None, None, [])
    with pytest.raises(NoResultFound):
        none.scalar_one()


@pytest.mark.parametrize(
    ("statement", "values", "error"),
    [
        (PUT, entry(1, via="秘密"), IntegrityError),
        (text("SELECT nothing FROM audit WHERE via = :via"), {"via": "秘密"}, None),
    ],
)
def test_errors_are_those_of_sqlalchemy_and_tell_no_values(
    entries: Database, statement: Executable, values: dict[str, Any], error: type | None
) -> None:
    kinds = error or (OperationalError, ProgrammingError)
    with entries.begin() as session, pytest.raises(kinds) as caught, session.begin_nested():
        direct.run(session, statement, values)
    assert isinstance(caught.value, StatementError)
    assert caught.value.hide_parameters
    assert "秘密" not in str(caught.value).partition("DETAIL")[0]


def test_whoever_listens_hears_of_it(entries: Database) -> None:
    with entries.begin() as session, statements(entries) as seen:
        direct.run(session, OF, {"ids": [1]})
        direct.add(session, "audit", [entry(6), entry(7)])
    assert [said.split()[0] for said in seen] == ["SELECT", "INSERT"]


def test_it_goes_back_with_its_transaction(entries: Database) -> None:
    with entries.begin() as session:
        attempt = session.begin_nested()
        direct.add(session, "audit", [entry(8)])
        attempt.rollback()
        assert direct.run(session, OF, {"ids": [8]}) == []
