"""Which trouble lies with the database, and which with what it was asked to do."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.database import Database
from storage.errors import is_away
from tests.conftest import NewUrl
from tests.postgres_server import PostgresServer


def trouble(database: Database, *statements: str) -> Exception:
    with pytest.raises(DBAPIError) as caught:
        execute(database, *statements)
    return caught.value


def execute(database: Database, *statements: str) -> None:
    with database.begin() as session:
        for statement in statements:
            session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM nothing",
        "SELECT nothing FROM inbox",
        "SELEKT",
        "INSERT INTO community (id) VALUES ('c')",
        "INSERT INTO community (id, name, created_at) VALUES ('c', NULL, NULL)",
    ],
)
def test_a_wrong_statement_is_wrong_for_ever(database: Database, statement: str) -> None:
    assert not is_away(trouble(database, statement))


def test_a_locked_file_is_free_again_some_time(
    new_url: NewUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.01)
    url = new_url("sqlite", migrated=True)
    one, other = Database(url), Database(url)
    with one.begin() as session:
        session.execute(text("SELECT 1"))
        assert is_away(trouble(other, "SELECT 1"))
    one.close()
    other.close()


def test_a_read_only_file_may_be_mended(new_url: NewUrl) -> None:
    url = new_url("sqlite", migrated=True).replace("sqlite:///", "sqlite:///file:")
    database = Database(f"{url}?mode=ro&uri=true")
    assert is_away(trouble(database, "DELETE FROM inbox"))
    database.close()


def test_a_file_that_is_no_database_may_be_put_back(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("买菜，遛狗，写代码。" * 200)
    database = Database(f"sqlite:///{tmp_path}/notes.db")
    assert is_away(trouble(database, "SELECT 1"))
    database.close()


@pytest.mark.postgres
def test_a_server_that_hangs_up_comes_back(new_url: NewUrl) -> None:
    database = Database(new_url("postgres", migrated=True))
    assert is_away(trouble(database, "SELECT pg_terminate_backend(pg_backend_pid())"))
    database.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_may_come(postgres: PostgresServer) -> None:
    database = Database(postgres.url("nothing").replace(str(postgres.directory), "/nowhere"))
    assert is_away(trouble(database, "SELECT 1"))
    database.close()


@pytest.mark.postgres
def test_read_only_transactions_end_some_day(new_url: NewUrl) -> None:
    database = Database(new_url("postgres", migrated=True))
    assert is_away(trouble(database, "SET TRANSACTION READ ONLY", "DELETE FROM inbox"))
    database.close()


@pytest.mark.postgres
def test_what_takes_too_long_will_do_so_again(new_url: NewUrl) -> None:
    database = Database(new_url("postgres", migrated=True))
    assert not is_away(trouble(database, "SET statement_timeout = 1", "SELECT pg_sleep(9)"))
    database.close()


@pytest.mark.parametrize(
    ("name", "away"),
    [
        ("DeadlockDetected", True),
        ("SerializationFailure", True),
        ("DiskFull", True),
        ("TooManyConnections", True),
        ("AdminShutdown", True),
        ("UniqueViolation", False),
        ("StringDataRightTruncation", False),
        ("UndefinedColumn", False),
        ("InFailedSqlTransaction", False),
    ],
)
def test_by_the_code_of_postgresql(name: str, away: bool) -> None:
    cause = getattr(psycopg.errors, name)()
    assert is_away(DBAPIError("", None, cause)) is away


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (PoolTimeoutError("no connection is free"), True),
        (ValueError("x"), False),
        (sqlite3.OperationalError("not through SQLAlchemy"), False),
    ],
)
def test_by_kind(error: Exception, away: bool) -> None:
    assert is_away(error) is away
