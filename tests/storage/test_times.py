"""Times are kept as points in time: whatever zone they are given in, UTC comes back."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from storage.database import Database
from storage.tables import Community


def store(database: Database, moment: datetime) -> None:
    with database.begin() as session:
        session.add(Community(id="a", name="a", created_at=moment))


def stored(database: Database) -> datetime:
    with database.read() as session:
        return session.exec(select(Community.created_at)).one()


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=UTC),
        datetime(2026, 3, 1, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
        datetime(2026, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=-7))),
    ],
)
def test_the_same_moment_comes_back_in_utc(database: Database, moment: datetime) -> None:
    store(database, moment)
    assert stored(database) == moment
    assert stored(database).tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        store(database, datetime(2026, 3, 1, 8, 30))  # noqa: DTZ001
    with database.read() as session:
        assert session.exec(select(Community)).all() == []


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgres"])
def test_the_zone_of_the_server_does_not_matter(database: Database) -> None:
    store(database, datetime(2026, 3, 1, 8, 30, tzinfo=UTC))
    with database.read() as session:
        session.connection().execute(text("SET TIME ZONE 'Asia/Shanghai'"))
        found = session.exec(select(Community.created_at)).one()
    assert (found.hour, found.tzinfo) == (8, UTC)


def test_moments_compare_across_zones(database: Database) -> None:
    store(database, datetime(2026, 3, 1, 8, tzinfo=UTC))
    shanghai = ZoneInfo("Asia/Shanghai")
    earlier, later = (
        datetime(2026, 3, 1, 15, tzinfo=shanghai),
        datetime(2026, 3, 1, 17, tzinfo=shanghai),
    )
    with database.read() as session:
        within = col(Community.created_at).between(earlier, later)
        assert session.exec(select(Community.id).where(within)).all() == ["a"]
