"""One bot for a SQLite file; and what is told when that cannot even be found out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typing_extensions import override

from storage.database import Database
from storage.errors import DatabaseError
from storage.presence import exclusive_use


def refused(file: Path) -> str:
    """Why nobody may use it alone."""
    with (
        closing(Database(f"sqlite:///{file}")) as database,
        pytest.raises(DatabaseError) as caught,
        exclusive_use(database),
    ):
        pass
    return caught.value.text


def test_there_can_only_be_one(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/x.db")) as database:
        with exclusive_use(database):
            assert refused(tmp_path / "x.db").startswith("另一个老友正在用这个数据库")
        with exclusive_use(database):
            pass


def test_the_file_beside_it_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "x.db-running").mkdir()
    assert refused(tmp_path / "x.db").startswith("打不开数据库文件")


def test_the_file_beside_it_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "x.db-running").write_text("no database at all" * 100)
    assert "不是 SQLite 数据库" in refused(tmp_path / "x.db")


def test_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        @override
        def execute(self, *_: object) -> sqlite3.Cursor:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_FULL, "SQLITE_FULL"
            raise error

    database = Database(f"sqlite:///{tmp_path}/x.db")
    monkeypatch.setattr(
        "storage.presence.sqlite3.connect", lambda *_a, **_k: Full(tmp_path / "x.db-running")
    )
    with pytest.raises(DatabaseError) as caught, exclusive_use(database):
        pass
    assert caught.value.text.startswith("磁盘满了")
    database.close()
