"""Connections to a new SQLite file that another process is making as well."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage.database import Database


@pytest.fixture
def other(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody who writes to the file before it has a write-ahead log."""
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.05)
    with closing(Database(f"sqlite:///{tmp_path}/x.db")) as database:
        yield database


def test_a_file_that_another_is_making_is_waited_for(
    other: sqlite3.Connection, ours: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: other.execute("ROLLBACK"))
    with ours.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    assert not other.in_transaction  # only a pause let it go: the first try was refused


def test_a_file_that_stays_locked_is_told_as_such(
    other: sqlite3.Connection, ours: Database
) -> None:
    with pytest.raises(OperationalError, match="locked"):
        ours.engine.connect()
    assert other.in_transaction
