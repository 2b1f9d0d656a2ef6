"""laoyou db upgrade."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import Database
from storage.schema import revisions
from tests.commands.conftest import Laoyou
from tests.conftest import NewUrl


@pytest.fixture
def _migrations() -> None:
    """Here they are run."""


def test_a_new_database_is_made_for_nobody_else(laoyou: Laoyou, folder: Path) -> None:
    outcome = laoyou("db", "upgrade")
    assert outcome.status == 0
    assert outcome.out.startswith("数据库建好了：")
    assert (folder / "data" / "laoyou.db").stat().st_mode & 0o777 == 0o600
    assert (folder / "data").stat().st_mode & 0o777 == 0o700


def test_the_mask_for_new_files_is_given_back(laoyou: Laoyou) -> None:
    before = os.umask(0o022)
    laoyou("db", "upgrade")
    assert os.umask(before) == 0o022


def test_a_second_time_changes_nothing(laoyou: Laoyou) -> None:
    laoyou("db", "upgrade")
    outcome = laoyou("db", "upgrade")
    assert outcome.status == 0
    assert outcome.out.startswith("数据库已经是最新的：")


def test_postgresql(laoyou: Laoyou, new_url: NewUrl) -> None:
    url = new_url("postgres", migrated=False)
    assert laoyou("db", "upgrade", config=f"database: '{url}'\n").status == 0
    with closing(Database(url)) as database:
        current, newest = revisions(database)
    assert current == newest


def test_no_database_at_all(laoyou: Laoyou, folder: Path) -> None:
    (folder / "x.db").write_bytes(b"no database at all" * 100)
    outcome = laoyou("db", "upgrade", config="database: sqlite:///x.db\n")
    assert outcome.status == 1
    assert outcome.err == "这个文件不是 SQLite 数据库：请检查 database 一项\n"


def test_a_folder_that_cannot_be_made(laoyou: Laoyou, folder: Path) -> None:
    (folder / "data").write_text("a file in its place")
    outcome = laoyou("db", "upgrade")
    assert outcome.status == 1
    assert outcome.err.startswith(f"建不了数据库所在的文件夹 {folder}/data：")


@pytest.mark.usefixtures("quick_to_give_up")
def test_a_locked_database(laoyou: Laoyou, folder: Path) -> None:
    (folder / "data").mkdir()
    other = sqlite3.connect(folder / "data" / "laoyou.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    outcome = laoyou("db", "upgrade")
    other.close()
    assert outcome.status == 1
    assert outcome.err == "数据库被另一个程序锁住了：请关掉正在使用它的程序再试\n"


def test_a_database_of_a_newer_version(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    written_by(folder, "9999")
    (folder / "m.csv").write_text("姓名\n张三\n", encoding="utf-8")
    for command in (
        ["db", "upgrade"],
        ["backup", "all.zip"],
        ["matching", "report"],
        ["import", "members", "m.csv", "--dry-run"],
    ):
        outcome = laoyou(*command)
        assert outcome.status == 1
        assert outcome.err.startswith("数据库是更新的老友写的（结构版本 9999，")
    [found] = [line for line in laoyou("doctor").out.splitlines() if line.startswith("✗")]
    assert found.endswith(" → 请升级程序")


def test_a_database_of_an_older_version(laoyou: Laoyou, folder: Path) -> None:
    laoyou("db", "upgrade")
    written_by(folder, "0001")
    outcome = laoyou("backup", "all.zip")
    assert outcome.err == "数据库的结构不是最新的：请先运行 laoyou db upgrade\n"
    [found] = [line for line in laoyou("doctor").out.splitlines() if line.startswith("✗")]
    # The backup that it asks for can be made: not by this program.
    assert "用升级前的程序，或停掉老友、复制一份数据库文件" in found
    assert found.endswith("再运行 laoyou db upgrade")


def written_by(folder: Path, revision: str) -> None:
    with closing(sqlite3.connect(folder / "data" / "laoyou.db")) as other:
        other.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        other.commit()
